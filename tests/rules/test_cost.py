"""A model twice as large takes about twice the work, also where everything in it is wrong."""

import pytest
from checking import context

from builders import model
from costs import calls
from platctl.model.model import Model
from platctl.rules.registry import rules
from platctl.rules.rule import Context, Rule


def all_wrong(size: int) -> Model:
    """Components with typos, unmet ranges, ends, a circle and secrets; consumers that reach past layers; odd work."""
    parts = [
        f"""
kind: component
id: service-{number}
layer: technology
versions:
  - {{version: 2.4.0, sunset: 2026-06-30}}
  - {{version: 3.0.0, since: 2027-02-01, sunset: 2026-06-30}}
depends_on:
  - service-{(number + 1) % size}
  - servce-{number}
  - {{component: service-0, requires: ">=4"}}
---
kind: consumer
id: product-{number}
uses: [Service-{number}, "service-{number}#rest", {{component: service-1, requires: "<3"}}]
---
kind: initiative
id: work-{number}
status: planned
start: 2027-04-01
end: 2027-03-01
depends_on: [work-{(number + 1) % size}]
changes: [{{component: service-{number}, effect: addition, version: 4.0.0}}]
---
kind: initiative
id: past-work-{number}
status: done
end: 2025-03-01
changes: [{{component: service-{number}, effect: addition, version: 1.0.0}}]
---
kind: component
id: secret-{number}
title: Project {number}
visibility: restricted
---
kind: component
id: open-{number}
description: Waits for secret-{number} and Project {number}, not for project nothing.
depends_on: [secret-0, secret-{number}]
---
kind: goal
id: goal-{number}
"""
        for number in range(size)
    ]
    return model("---".join(parts))


SMALL, LARGE = 60, 240


@pytest.fixture(scope="module")
def contexts() -> tuple[Context, Context]:
    small, large = context(all_wrong(SMALL)), context(all_wrong(LARGE))
    for each in (small, large):
        assert each.graph.uses
        assert each.standings
    return small, large


@pytest.mark.parametrize("each", [each for each in rules() if each.check], ids=lambda each: each.id)
def test_the_work_grows_with_the_model_and_not_with_its_square(each: Rule, contexts: tuple[Context, Context]):
    check = each.check
    assert check
    small, large = (calls(lambda of=of: list(check(of))) for of in contexts)
    assert large < small * (LARGE / SMALL) * 1.7 + 2000
