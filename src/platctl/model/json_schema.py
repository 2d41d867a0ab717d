"""JSON Schemas of the files that people write, generated from the classes that read them."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from platctl.model.entity.entity import Entity
from platctl.model.entity.kinds import KINDS
from platctl.model.part import Part
from platctl.model.settings.config import Config
from platctl.model.validator import adapter
from platctl.model.vocabulary import ENTITY, SETTINGS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EXTENSIONS = {"^x-": {"description": "A custom field; never checked."}}


def file_name(name: str) -> str:
    """The file name of a schema."""
    return f"{name}.schema.json"


def schema(name: str) -> dict[str, Any]:
    """The schema of one document of a YAML file. It accepts everything the loader reads without a finding.

    It does not check what only code can check, such as the day of a month or the grammar of selectors.
    """
    if name == ENTITY:
        return _headed(name, _any_of(KINDS))
    part = Config if name == SETTINGS else KINDS[name]
    refs, definitions = _generated([part])
    return _headed(name, {**definitions.pop(_key(refs[part])), "$defs": definitions})


def as_text(name: str) -> str:
    """The schema as the text of its file."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def _headed(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    title = f"{SETTINGS}.yaml" if name == SETTINGS else name
    return {"$schema": _DIALECT, "$id": file_name(name), **body, "title": title}


def _any_of(kinds: Mapping[str, type[Entity]]) -> dict[str, Any]:
    """The schema of a document of any kind, selected by `kind`."""
    refs, definitions = _generated(list(kinds.values()))
    return {
        "description": "One document of the model.",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(kinds)}},
        "anyOf": [refs[kind] for kind in kinds.values()],
        "$defs": definitions,
    }


def _generated(parts: list[type[Part]]) -> tuple[dict[type, JsonSchemaValue], dict[str, Any]]:
    """A `$ref` to the schema of each part, and all definitions."""
    refs, generated = TypeAdapter.json_schemas(
        [(part.__name__, "validation", adapter(part)) for part in parts], schema_generator=_SchemaGenerator
    )
    definitions = {name: _described(name, definition) for name, definition in generated["$defs"].items()}
    return {part: refs[part.__name__, "validation"] for part in parts}, definitions


def _key(ref: JsonSchemaValue) -> str:
    return str(ref["$ref"].rpartition("/")[2])


class _SchemaGenerator(GenerateJsonSchema):
    """Pydantic's schemas without redundant entries, and with the loader's treatment of `x-` fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """No titles for fields: Pydantic's only repeat the field names."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """The schema of one part, which also accepts custom fields."""
        part = schema["cls"]
        result = {**self.generate_inner(schema["schema"]), "title": part.__name__, "description": part.__doc__}
        result["additionalProperties"] = False
        if issubclass(part, Entity):
            kind = result["properties"]["kind"]
            result["properties"]["kind"] = {"const": part.kind_name, "description": kind["description"]}
        return {**result, "patternProperties": _EXTENSIONS}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """The schema of a mapping; if its keys have patterns, no other keys are allowed."""
        result = super().dict_schema(schema)
        return {**result, "additionalProperties": False} if "patternProperties" in result else result

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The schema of an optional field; an empty default is omitted as obvious."""
        result = super().default_schema(schema)
        return result if result.get("default") else {key: result[key] for key in result if key != "default"}


def _described(name: str, definition: dict[str, Any]) -> dict[str, Any]:
    """The definition with its name in words: `OfferedVersion` becomes `offered version`."""
    letters = (f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    description = " ".join(definition.get("description", "").split())
    return {**definition, "title": "".join(letters).strip(), "description": description}
