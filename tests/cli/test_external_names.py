"""Names of package ecosystems at the command line."""

from pathlib import Path

from running import platctl

MODEL = """\
kind: component
id: core
title: Core
external: ["npm:@scope/core", "maven:org.example:Core"]
versions: [{version: 1.0.0}]
---
kind: consumer
id: app
uses: [{component: "maven:org.example:Core", requires: ">=1,<2"}]
"""
TODAY = ("--today", "2027-01-01")


def test_commands_find_an_entity_by_its_names(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(MODEL)
    for name in ("npm:@scope/core", "pkg:npm/%40scope/core", "maven:org.example:core", "component:npm:@scope/core"):
        assert platctl("show", name, *TODAY, cwd=tmp_path).stdout.startswith("Core (component:core)"), name
        done = platctl("impact", name, "--effect", "breaking", "--fail-on", "never", *TODAY, cwd=tmp_path)
        assert "Consumers (1): 1 breaks" in done.stdout, name
        assert platctl("graph", name, cwd=tmp_path).stdout.startswith("Graph of Core (core)"), name
    done = platctl("show", "npm:core", *TODAY, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "npm:core" in done.stderr


def test_new_derives_an_id_from_a_name(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(MODEL)
    for name, id_ in (
        ("npm:@scope/widgets", "widgets"),
        ("npm:@other/core", "other-core"),
        ("go:github.com/blang/semver/v4", "semver"),
    ):
        done = platctl("new", "component", name, "--title", "New", *TODAY, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"wrote components/{id_}.yaml" in done.stderr
        assert platctl("show", name, *TODAY, cwd=tmp_path).stdout.startswith(f"New (component:{id_})")
    done = platctl("new", "component", "npm:@scope/core", "--title", "Again", *TODAY, cwd=tmp_path)
    assert done.returncode == 2
    assert "`npm:@scope/core` is already a name of component:core" in done.stderr
    done = platctl("new", "component", "npm:a@1.0", "--title", "Again", *TODAY, cwd=tmp_path)
    assert done.returncode == 2
    assert "leave out `@1.0`" in done.stderr


def test_an_audience_that_reads_no_names_still_gets_the_dependency(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(MODEL)
    config = "audiences: {few: {like: developers, sees: internal, fields: [title, uses, versions]}}\n"
    (tmp_path / "platctl.yaml").write_text(config)
    done = platctl("graph", "--audience", "few", "--format", "csv", *TODAY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "consumer:app,component:core,1" in done.stdout
    done = platctl("show", "npm:@scope/core", "--audience", "few", *TODAY, cwd=tmp_path)
    assert done.returncode == 2
