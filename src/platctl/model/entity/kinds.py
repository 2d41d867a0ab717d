"""The table of entity kinds. To add a kind, add a module in this folder and a line here."""

from platctl.model.entity.area import Domain, System
from platctl.model.entity.ballot import Ballot
from platctl.model.entity.component import Component
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.decision import Decision
from platctl.model.entity.entity import Entity
from platctl.model.entity.goal import Goal
from platctl.model.entity.initiative import Initiative
from platctl.model.entity.release import Release
from platctl.model.entity.scenario import Scenario
from platctl.model.entity.team import Team, User

KINDS: dict[str, type[Entity]] = {
    kind.kind_name: kind
    for kind in (
        *(Component, Consumer, Initiative, Team, User, Goal),
        *(Release, System, Domain, Decision, Ballot, Scenario),
    )
}
