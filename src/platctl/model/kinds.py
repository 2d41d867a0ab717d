"""The table of entity kinds. A new kind is a module beside this one and a line here."""

from platctl.model.ballot import Ballot
from platctl.model.component import Component
from platctl.model.consumer import Consumer
from platctl.model.decision import Decision
from platctl.model.entity import Entity
from platctl.model.goal import Goal
from platctl.model.initiative import Initiative
from platctl.model.team import Team

KINDS: dict[str, type[Entity]] = {
    kind.kind_name: kind for kind in (Component, Consumer, Initiative, Team, Goal, Decision, Ballot)
}
