"""Clients of code hosts for tests: programs on PATH that speak like `gh` and `glab`, without a network."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

BOT = "github-actions[bot]"


class Fake:
    """`gh` or `glab` in a folder of its own, with the comments of pull request 7 of acme/platform."""

    def __init__(self, program: str, folder: Path) -> None:
        folder.mkdir()
        self._state = folder / "state.json"
        self.program = program
        script = folder / program
        source = Path(__file__).with_name(f"fake_{program}.py").read_text("utf-8")
        script.write_text(f"#!{sys.executable} -SE\n{source}", "utf-8")
        script.chmod(0o755)
        self.folder = folder
        start = {"viewer": BOT, "repository": "acme/platform", "number": 7}
        self.set(**start, read_only=False, broken=False, odd=False, comments=[], calls=[])

    def set(self, **values: object) -> None:
        """Changes what the host knows."""
        old = json.loads(self._state.read_text()) if self._state.exists() else {}
        self._state.write_text(json.dumps(old | values))

    def write(self, author: str, body: str, **more: object) -> None:
        """Somebody comments."""
        comments = self["comments"]
        number = len(comments) + 1
        id_ = f"IC_{number}" if self.program == "gh" else number
        self.set(comments=[*comments, {"id": id_, "author": author, "body": body, **more}])

    def __getitem__(self, name: str) -> Any:
        return json.loads(self._state.read_text())[name]

    @property
    def bodies(self) -> list[str]:
        """What all the comments say."""
        return [each["body"] for each in self["comments"]]

    @property
    def environ(self) -> Mapping[str, str]:
        """What the pipeline of pull request 7 sets."""
        token = {"gh": "GH_TOKEN", "glab": "GITLAB_TOKEN"}[self.program]
        github = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "acme/platform",
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_SERVER_URL": "https://github.com",
        }
        gitlab = {
            "GITLAB_CI": "true",
            "CI_MERGE_REQUEST_PROJECT_PATH": "acme/platform",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_SERVER_HOST": "gitlab.example.com",
        }
        return {token: "secret", **{"gh": github, "glab": gitlab}[self.program]}
