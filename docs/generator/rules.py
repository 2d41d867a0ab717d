"""The page of rules, from the table of rules."""

from generator.markdown import fenced, page, table
from platctl.rules import registry
from platctl.rules.rule import Rule

_INTRO = """These rules define everything that platctl can find in a model. `platctl rule NAME` shows one of them in the
terminal. You can change their severities in `platctl.yaml`: [adopt rules
gradually](../how-to/adopt-rules-gradually.md)."""


def rules() -> str:
    """The page of all rules, as a list and one by one."""
    rows = [(f"[{each.id}](#{each.id})", each.severity.value, each.title) for each in registry.rules()]
    return page("Rules", _INTRO, table(["rule", "severity", "what it finds"], rows), *map(_section, registry.rules()))


def _section(rule: Rule) -> str:
    return "\n\n".join(
        [
            f"## {rule.id}",
            f"**{rule.title}** ({rule.severity.value})",
            rule.explanation,
            "Example:",
            fenced("yaml", rule.example),
            "Use instead:",
            fenced("yaml", rule.fix),
        ]
    )
