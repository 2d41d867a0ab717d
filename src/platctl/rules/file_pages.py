"""The pages of findings made while reading files."""

from platctl.finding import Severity
from platctl.rules.rule import page

FILE_RULES = (
    page(
        "yaml-syntax",
        Severity.ERROR,
        "A file that is not YAML",
        """Reports the first YAML syntax error in a file.

        The rest of the file can't be read, so reports that need it are incomplete. Other files are checked as usual.
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
        "A key that occurs twice in one mapping",
        """Reports a repeated key, and where it occurs first.

        Most YAML readers silently keep the last one, so a reviewer may see a value that has no effect.
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
        "A YAML feature that is not supported",
        """Reports merge keys (`<<`), tags, directives, keys that are not text, aliases that contain themselves, keys
        in brackets that start with `?`, and anchors with a `:` or `?` in their names.

        YAML readers disagree on what they mean, and some of these features let a small file expand without limit.
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
        "A file or value that is too large",
        """Reports what is nested too deeply, is too long, or becomes too large through aliases.

        Such a file is a mistake or an attack, and could use up the memory or time of the machine that checks it.
        """,
        """
        # [[[[[[[[ … ]]]]]]]], two hundred nested lists
        """,
        """
        # [1, 2, 3]
        """,
    ),
    page(
        "encoding",
        Severity.ERROR,
        "A file that is not UTF-8",
        """Reports a file in another encoding.

        The same bytes could be different characters on another machine, so the file is not read.
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
        """Reports characters that control a terminal, and line breaks that only some YAML readers recognise, whether
        written directly or as an escape in quotes.

        They are invisible in a review, and change how a terminal displays everything after them.
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
        "An invisible character",
        """Reports zero-width characters, and characters that reverse the direction of text. Characters that look like a
        space, such as a no-break space, are reported where YAML would need a space; inside a text they are fine.

        A line may then mean something other than what a reviewer sees.
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
        """Reports a YAML file that is empty, or contains only comments.

        It may have been left empty by mistake.
        """,
        """
        # only this comment
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

        They may lead outside the repository, to content that was never reviewed.
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
        """Reports a file of the model that the operating system does not let platctl read, or that is too large.

        Its content is missing from every report.
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
        "not-read",
        Severity.ERROR,
        "Something that the base has, and this change put out of view",
        """Reports, in comparisons, entities of the base whose file, document or field is still there but can't be read:
        broken, of an unknown kind, hidden, ignored, a link, in another repository, or not checked out.

        Not read is not gone: what can't be read would otherwise pass for deleted, and no one would be warned. It is
        judged as in the base, and the check does not pass.
        """,
        """
        # git mv products/shop.yaml products/.shop.yaml
        """,
        """
        # git rm products/shop.yaml
        """,
    ),
    page(
        "foreign-file",
        Severity.INFO,
        "A YAML file of another tool",
        """Notes once, for all files together, YAML files that are not part of the model: their documents have no `kind`
        or the marks of another format, such as `apiVersion` or `services`.

        They may be there on purpose. `exclude` or `roots` in platctl.yaml declares that, and the note gives the line.
        """,
        """
        # docker-compose.yml
        services:
          db: {image: postgres}
        """,
        """
        # platctl.yaml
        exclude: [docker-compose.yml]
        """,
    ),
    page(
        "path-collision",
        Severity.WARNING,
        "Two paths that are the same on other systems",
        """Reports files whose names differ only in upper and lower case, or in how accents are encoded.

        On macOS and Windows one of them replaces the other.
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
