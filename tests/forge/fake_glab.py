"""Speaks like `glab api`, and keeps the notes of one merge request in a file beside it.

Sources: gitlab-org/cli, `glab api` (options, errors); docs.gitlab.com, REST API, Notes, and "Pagination".
"""

import argparse
import json
import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

STATE = Path(__file__).with_name("state.json")


def main() -> None:
    state = json.loads(STATE.read_text())
    options = parsed()
    state["calls"].append({"arguments": sys.argv[1:], "environment": sorted(os.environ), "folder": str(Path.cwd())})
    STATE.write_text(json.dumps(state))
    if not os.environ.get("GITLAB_TOKEN"):
        fail(401, "401 Unauthorized")
    if state["broken"]:
        print("<html>502 Bad Gateway</html>")
        return
    if state["odd"]:
        print('{"data": {"repository": {"pullRequest": {"id": 1, "comments": []}}}}')
        return
    answer = answered(state, options)
    STATE.write_text(json.dumps(state))
    print(json.dumps(answer))


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("command", choices=["api"])
    parser.add_argument("endpoint")
    parser.add_argument("--hostname")
    parser.add_argument("--input")
    parser.add_argument("--header", "-H", action="append", default=[])
    parser.add_argument("--method", "-X", default="GET")
    return parser.parse_args()


def fail(code: int, message: str) -> None:
    print(json.dumps({"message": message}))
    print(f"glab: {message} (HTTP {code})", file=sys.stderr)
    sys.exit(1)


def answered(state: dict, options: argparse.Namespace) -> object:
    url = urlsplit(options.endpoint)
    if url.path == "user":
        return {"id": 7, "username": state["viewer"]}
    root, project, kind, number, last, *note = url.path.split("/")
    assert (root, kind, last) == ("projects", "merge_requests", "notes")
    if unquote(project) != state["repository"] or int(number) != state["number"]:
        fail(404, "404 Not found")
    if options.method == "GET":
        return listed(state, {name: values[0] for name, values in parse_qs(url.query).items()})
    if state["read_only"]:
        fail(403, "403 Forbidden")
    if options.header != ["Content-Type: application/json"]:
        fail(415, "The provided content-type '' is not supported.")
    assert options.input == "-"
    body = json.load(sys.stdin)["body"]
    return edited(state, int(note[0]), body) if note else added(state, body)


def listed(state: dict, query: dict[str, str]) -> list[dict]:
    size, page = int(query["per_page"]), int(query["page"])
    assert size <= 100
    assert (query["sort"], query["order_by"]) == ("asc", "created_at")
    return [shown(state, each) for each in state["comments"][(page - 1) * size : page * size]]


def shown(state: dict, note: dict) -> dict:
    author = {"id": 7 if note["author"] == state["viewer"] else 8, "username": note["author"]}
    return {"id": note["id"], "body": note["body"], "author": author, "system": note.get("system", False)}


def added(state: dict, body: str) -> dict:
    note = {"id": len(state["comments"]) + 1, "author": state["viewer"], "body": body}
    state["comments"].append(note)
    return shown(state, note)


def edited(state: dict, number: int, body: str) -> dict:
    note = next(each for each in state["comments"] if each["id"] == number)
    if note["author"] != state["viewer"]:
        fail(403, "403 Forbidden")
    note["body"] = body
    return shown(state, note)


main()
