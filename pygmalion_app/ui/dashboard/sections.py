"""The sections of the first page, one a role. A new one is one import and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.permissions import Role
from pygmalion_app.ui.airport.airport_section import airport_section
from pygmalion_app.ui.airport.state import AirportState
from pygmalion_app.ui.compliance.manager_section import manager_section
from pygmalion_app.ui.compliance.manager_state import ManagerState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.learning.learner_section import learner_section
from pygmalion_app.ui.learning.state import LearnerState
from pygmalion_app.ui.teaching.school_section import school_section
from pygmalion_app.ui.teaching.school_state import SchoolState


@dataclass(frozen=True, slots=True)
class Section:
    """What one role sees first: how it is drawn, what loads it, and for whom it is (nobody named: everybody)."""

    name: str
    draw: Callable[[Lang], rx.Component]
    load: Any
    roles: frozenset[Role] = frozenset()


SECTIONS: tuple[Section, ...] = (
    Section("airport", airport_section, AirportState.load, frozenset({Role.AIRPORT_MANAGER})),
    Section("manager", manager_section, ManagerState.load, frozenset({Role.MANAGER, Role.AIRPORT_MANAGER})),
    Section("school", school_section, SchoolState.load, frozenset({Role.TRAINING_ADMIN, Role.TRAINER})),
    Section("learner", learner_section, LearnerState.load),
)
"""In the order in which they are offered; what the active organisation is about comes before the others."""


def sections_of(actor: Actor) -> list[Section]:
    """Return the sections that are for somebody, first those of their roles in the active organisation."""
    roles = {membership.role for membership in actor.memberships}
    active = {one.role for one in actor.memberships if one.organization_id == actor.active_organization_id}
    shown = [section for section in SECTIONS if not section.roles or section.roles & roles]
    return sorted(shown, key=lambda section: (not section.roles & active, not section.roles))
