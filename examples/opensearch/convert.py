"""Turns the two release manifests of one OpenSearch version into a platctl model.

python convert.py MANIFEST_DIR VERSION OUT_DIR
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HEADER = """\
# Converted from the {name} release manifest of opensearch-project/opensearch-build
# (Apache-2.0, see LICENSE.txt and NOTICE). README.md explains the conversion.
"""
CONFIG = """\
# The settings of this model. Every setting has a default; this file contains those that differ.

rules:
  # The manifests name no owner of a component or a distribution, and we don't make one up.
  # In your own model, leave this rule on.
  missing-owner: off
"""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]*[A-Za-z0-9]|https://[A-Za-z0-9._/-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One component of a manifest."""

    name: str
    version: str
    repository: str
    depends_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of one distribution."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def consumer_id(self) -> str:
        return self.name.lower().replace(" ", "-")


def convert(opensearch_manifest: dict[str, Any], dashboards_manifest: dict[str, Any]) -> dict[str, str]:
    """The files of the model: path below its root → YAML text."""
    opensearch, dashboards = read_manifest(opensearch_manifest), read_manifest(dashboards_manifest)
    return {
        "platctl.yaml": CONFIG,
        "components/engine.yaml": _file(opensearch, map(_component, opensearch.entries)),
        "components/dashboards.yaml": _file(dashboards, map(_component, _only_in(dashboards, opensearch))),
        f"consumers/{opensearch.consumer_id}.yaml": _file(opensearch, [_consumer(opensearch)]),
        f"consumers/{dashboards.consumer_id}.yaml": _file(dashboards, [_consumer(dashboards)]),
    }


def read_manifest(manifest: dict[str, Any]) -> Manifest:
    """Read the name, version, repository and dependencies of each component in a manifest."""
    build = manifest["build"]
    return Manifest(build["name"], tuple(_entry(each, build["version"]) for each in manifest["components"]))


def _entry(component: dict[str, Any], build_version: str) -> Entry:
    ref: str = component["ref"]
    # A release is built from tags. Before a release, refs are branches or commits, which are not versions.
    version = ref.removeprefix("tags/") if ref.startswith("tags/") else build_version
    return Entry(component["name"], version, component["repository"], tuple(component.get("depends_on", ())))


def _only_in(manifest: Manifest, other: Manifest) -> Iterator[Entry]:
    """The entries that are not in the other manifest; for a shared entry, both distributions use one component."""
    known = {each.name.lower(): each for each in other.entries}
    for entry in manifest.entries:
        same = known.get(entry.name.lower(), entry)
        if same != entry:
            raise ValueError(f"`{entry.name}` is not the same in the manifests of {other.name} and {manifest.name}")
        if entry.name.lower() not in known:
            yield entry


def _file(manifest: Manifest, documents: Iterable[list[str]]) -> str:
    texts = ("\n".join(lines) + "\n" for lines in documents)
    return HEADER.format(name=manifest.name) + "---\n".join(texts)


def _component(entry: Entry) -> list[str]:
    lines = [
        "kind: component",
        f"id: {scalar(entry.name)}",
        f"version: {scalar(entry.version)}",
        "links:",
        "  - title: Repository",
        f"    url: {scalar(entry.repository)}",
    ]
    return lines + _list("depends_on", entry.depends_on)


def _consumer(manifest: Manifest) -> list[str]:
    lines = [
        "kind: consumer",
        f"id: {scalar(manifest.consumer_id)}",
        f"title: {scalar(manifest.name)}",
        "type: product",
        "tier: 1",
    ]
    return lines + _list("uses", [entry.name for entry in manifest.entries])


def _list(field: str, names: Iterable[str]) -> list[str]:
    items = [f"  - {scalar(name)}" for name in names]
    return [f"{field}:", *items] if items else []


def scalar(text: str) -> str:
    """The text as YAML, in quotes only if it would mean something else without them."""
    plain = _PLAIN.fullmatch(text) and yaml.safe_load(text) == text
    return text if plain else json.dumps(text)


def main() -> None:
    """Read both manifests of a version from a folder and write the model into another."""
    parser = argparse.ArgumentParser(description="Convert the two release manifests of one OpenSearch version.")
    parser.add_argument("manifest_dir", type=Path, help="folder with opensearch-VERSION.yml and the Dashboards one")
    parser.add_argument("version", help="release, such as 3.8.0")
    parser.add_argument("out_dir", type=Path, help="root of the model to write")
    options = parser.parse_args()
    manifests = [
        yaml.safe_load((options.manifest_dir / f"{product}-{options.version}.yml").read_text("utf-8"))
        for product in ("opensearch", "opensearch-dashboards")
    ]
    for path, text in convert(*manifests).items():
        target = options.out_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
