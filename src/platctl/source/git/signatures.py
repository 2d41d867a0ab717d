"""Who signed commits: their authors and committers."""

from platctl.source.git.git import Git, understood
from platctl.source.skipped import MAX_BYTES

_MOST = 10_000


@understood()
def signatures(git: Git, base: str, head: str) -> list[tuple[str, str]]:
    """The name and address of each author and committer of the commits in `head` that `base` does not have."""
    listed = git.run("rev-list", f"--max-count={_MOST}", head, f"^{base}")
    ids = listed.line.split("\n") if listed.code == 0 and listed.line else []
    found: dict[tuple[str, str], None] = {}
    for each in git.objects(ids, MAX_BYTES):
        header = (each.data or b"").partition(b"\n\n")[0]
        for line in header.split(b"\n"):
            if line.startswith((b"author ", b"committer ")):
                name, _, rest = line.partition(b" ")[2].partition(b"<")
                words = (name.strip(), rest.partition(b">")[0].strip())
                found[words[0].decode("utf-8", "replace"), words[1].decode("utf-8", "replace")] = None
    return list(found)
