"""The pages of findings that reading a file makes."""

from platctl.finding import Severity
from platctl.rules.rule import page

FILE_RULES = (
    page(
        "yaml-syntax",
        Severity.ERROR,
        "A file that is not YAML",
        """Reports the first place at which a file stops being YAML.

        What follows can't be read, so reports that need it are incomplete. Other files are checked as usual.
        """,
        """
        kind: component
        id: [identity
        """,
        """
        kind: component
        id: identity
        """,
    ),
    page(
        "duplicate-key",
        Severity.ERROR,
        "A key that stands twice in one mapping",
        """Reports a key that is already there, and where.

        Most YAML readers keep the last one and say nothing, so a reviewer sees a value that does not count.
        """,
        """
        kind: component
        id: identity
        layer: platform
        layer: technology
        """,
        """
        kind: component
        id: identity
        layer: platform
        """,
    ),
    page(
        "unsupported-yaml",
        Severity.ERROR,
        "YAML that a model does not need",
        """Reports merge keys (`<<`), tags, directives, keys that are no text, and aliases that contain themselves.

        Readers of YAML disagree on what they mean, and some of them let a small file grow without end.
        """,
        """
        kind: component
        id: identity
        <<: {layer: platform}
        """,
        """
        kind: component
        id: identity
        layer: platform
        """,
    ),
    page(
        "too-large",
        Severity.ERROR,
        "A file or value beyond any use",
        """Reports what is nested too deeply, too long, or grows too large through aliases.

        Such a file is an accident or an attack, and would take all memory or time of the machine that checks it.
        """,
        """
        # [[[[[[[[ … ]]]]]]]], two hundred lists in each other
        """,
        """
        # [1, 2, 3]
        """,
    ),
    page(
        "encoding",
        Severity.ERROR,
        "A file that is not UTF-8",
        """Reports a file that is written in another encoding.

        The same bytes would be other letters on another machine, so it is not read at all.
        """,
        """
        # teams.yaml, saved as Latin-1 or UTF-16
        """,
        """
        # iconv -f latin1 -t utf-8 teams.yaml
        """,
    ),
    page(
        "control-character",
        Severity.ERROR,
        "A control character",
        """Reports characters that control a terminal, and line breaks that only some readers of YAML know, be it as
        themselves or as an escape in quotes.

        They can't be seen in a review, and change what a terminal shows of everything after them.
        """,
        r"""
        kind: component
        id: identity
        title: "Identity\e[31m"
        """,
        """
        kind: component
        id: identity
        title: Identity
        """,
    ),
    page(
        "invisible-character",
        Severity.WARNING,
        "A character that can't be seen",
        """Reports characters without width, and such that turn the direction of text.

        A line may then say something else than a reviewer sees.
        """,
        """
        kind: component
        id: identity
        title: "Iden\u200btity"
        """,
        """
        kind: component
        id: identity
        title: Identity
        """,
    ),
    page(
        "empty-file",
        Severity.INFO,
        "A file without a document",
        """Reports a YAML file that holds nothing, or nothing but comments.

        It may be one that somebody meant to fill.
        """,
        """
        # nothing but this comment
        """,
        """
        kind: component
        id: identity
        """,
    ),
    page(
        "skipped-file",
        Severity.WARNING,
        "A path that was not read",
        """Reports symbolic links, repositories inside the repository, pipes and devices, and folders named like a
        YAML file.

        What stands behind them may lie outside the repository, and no review has seen it.
        """,
        """
        # teams.yaml -> /srv/shared/teams.yaml
        """,
        """
        # cp --remove-destination "$(readlink teams.yaml)" teams.yaml
        """,
    ),
    page(
        "unreadable-file",
        Severity.ERROR,
        "A file that can't be read",
        """Reports a file that is part of the model, but that the system does not hand out, or that is too large.

        What it holds is missing in every answer.
        """,
        """
        # ls -l teams.yaml
        # ---------- 1 ana ana 812 teams.yaml
        """,
        """
        # chmod u+r teams.yaml
        """,
    ),
    page(
        "path-collision",
        Severity.WARNING,
        "Two paths that are one on other systems",
        """Reports files whose names differ only in capital letters or in the way in which accents are stored.

        On macOS and Windows one of them takes the place of the other.
        """,
        """
        # Teams.yaml
        # teams.yaml
        """,
        """
        # teams.yaml
        # people.yaml
        """,
    ),
)
