"""Values of YAML as they are written, kept as text: for what is checked only when it is used."""

import json
from typing import Any

from platctl.source.yaml.scalars import Float

_ODD = "\0"
"""The only key of what stands for a number that keeps its text; keys that begin with it get another one."""


def raw(value: Any) -> Any:
    """A value of YAML as JSON has it, in which numbers keep their text."""
    if isinstance(value, dict):
        return {_ODD + key if key[:1] == _ODD else key: raw(item) for key, item in value.items()}
    if isinstance(value, Float):
        return {_ODD: value.text}
    return [raw(item) for item in value] if isinstance(value, list) else value


def raw_text(value: Any) -> str:
    """The text of a value."""
    return json.dumps(raw(value), ensure_ascii=False)


def from_raw(text: str) -> Any:
    """The same value again. Raises ValueError if the text is damaged."""
    return json.loads(text, parse_float=Float, object_hook=_restored if "\\u0000" in text else None)


def _restored(found: dict[str, Any]) -> Any:
    if _ODD in found:
        return Float(found[_ODD])
    return {key[1:] if key[:1] == _ODD else key: item for key, item in found.items()}


def shown(text: str) -> str:
    """The value as a reader would write it on one line of YAML."""
    return _flow(from_raw(text))


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, Float):
        return value.text
    return value if isinstance(value, str) else json.dumps(value)
