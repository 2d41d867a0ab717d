"""Speaks like `gh api graphql`, and keeps the comments of one pull request in a file beside it.

Sources: cli/cli, pkg/cmd/api/api.go (options, errors, exit codes); docs.github.com, GraphQL reference.
"""

import argparse
import json
import os
import re
import sys
from pathlib import Path

STATE = Path(__file__).with_name("state.json")
PAGE = 100
LONGEST = 65_536


def main() -> None:
    state = json.loads(STATE.read_text())
    options = parsed()
    state["calls"].append({"arguments": sys.argv[1:], "environment": sorted(os.environ), "folder": str(Path.cwd())})
    STATE.write_text(json.dumps(state))
    if not os.environ.get("GH_TOKEN"):
        print(
            "gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.",
            file=sys.stderr,
        )
        sys.exit(4)
    if state["broken"]:
        print("<html>502 Bad Gateway</html>")
        sys.exit(0)
    if state["odd"]:
        print('{"data": {"repository": {"pullRequest": {"id": 1, "comments": []}}}}')
        sys.exit(0)
    assert options.endpoint == "graphql"
    assert options.input == "-"
    request = json.load(sys.stdin)
    query, variables = request["query"], request["variables"]
    balanced(query)
    answer = answered(state, query, variables)
    STATE.write_text(json.dumps(state))
    print(json.dumps(answer))
    if "errors" in answer:
        print(f"gh: {answer['errors'][0]['message']}", file=sys.stderr)
        sys.exit(1)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("command", choices=["api"])
    parser.add_argument("endpoint")
    parser.add_argument("--hostname")
    parser.add_argument("--input")
    return parser.parse_args()


def balanced(query: str) -> None:
    """No library for GraphQL is at hand; names are checked one by one below."""
    assert query.count("{") == query.count("}")
    assert query.count("(") == query.count(")")
    declared = set(re.findall(r"\$(\w+):", query))
    assert declared == set(re.findall(r":\s*\$(\w+)", query))


def answered(state: dict, query: str, variables: dict) -> dict:
    if query.strip().startswith("mutation"):
        field = re.search(r"\b(addComment|updateIssueComment)\(input: ", query)[1]
        if state["read_only"]:
            return failed(field, "FORBIDDEN", "Resource not accessible by integration")
        if len(variables["body"]) > LONGEST:
            return failed(field, "UNPROCESSABLE", "Body is too long (maximum is 65536 characters)")
        return written(state, field, variables)
    assert re.search(r"nodes \{ id body viewerDidAuthor \}", query)
    assert re.search(r"pageInfo \{ hasNextPage endCursor \}", query)
    assert f"first: {PAGE}" in query
    assert type(variables["number"]) is int
    known = f"{variables['owner']}/{variables['name']}"
    if known != state["repository"]:
        error = {"type": "NOT_FOUND", "message": f"Could not resolve to a Repository with the name '{known}'."}
        return {"data": {"repository": None}, "errors": [error]}
    start = int(variables["after"].removeprefix("cursor:")) if variables["after"] else 0
    end = start + PAGE
    nodes = [
        {"id": each["id"], "body": each["body"], "viewerDidAuthor": each["author"] == state["viewer"]}
        for each in state["comments"][start:end]
    ]
    info = {"hasNextPage": end < len(state["comments"]), "endCursor": f"cursor:{end}" if nodes else None}
    request = {"id": "PR_1", "comments": {"nodes": nodes, "pageInfo": info}}
    return {"data": {"repository": {"pullRequest": request if variables["number"] == state["number"] else None}}}


def written(state: dict, field: str, variables: dict) -> dict:
    if field == "addComment":
        assert variables["subject"] == "PR_1"
        number = len(state["comments"]) + 1
        state["comments"].append({"id": f"IC_{number}", "author": state["viewer"], "body": variables["body"]})
    else:
        found = next(each for each in state["comments"] if each["id"] == variables["id"])
        found["body"] = variables["body"]
    return {"data": {field: {"clientMutationId": None}}}


def failed(field: str, kind: str, message: str) -> dict:
    return {"data": {field: None}, "errors": [{"type": kind, "path": [field], "message": message}]}


main()
