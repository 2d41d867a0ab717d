"""Models for tests, written as the YAML that people write."""

from textwrap import dedent

from platctl.model.load import load
from platctl.model.model import Model
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import ParsedFile, parse_file


def model(*texts: str, config: str = "") -> Model:
    """The model of one or more files; each text may hold several documents. `config` is platctl.yaml."""
    files = [parsed(text, f"model-{number}.yaml") for number, text in enumerate(texts, start=1)]
    return load(files, parsed(config, "platctl.yaml") if config else None)


def parsed(text: str, path: str = "model.yaml") -> ParsedFile:
    """One file."""
    return parse_file(SourceFile(path, dedent(text).lstrip("\n").encode()))
