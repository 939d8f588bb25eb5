"""Which reports there are: each makes a document for an organisation, and checks who asks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final
from uuid import UUID

from pydantic import ValidationError

from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports.tables import Document


@dataclass(frozen=True, slots=True)
class Making:
    """For which organisation a report is made, in which language, chosen how."""

    organization_id: UUID
    locale: str
    filters: Command


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report: its name, what can be chosen, who makes it. `document` raises who may not read it."""

    name: str
    filters: type[Command]
    document: Callable[[UnitOfWork, Making], Awaitable[Document]]
    recent: Callable[[Command, UnitOfWork, bool], Command] | None = None
    """What a schedule chooses in place of fixed days: the last week (True) or month."""


MODULES: Final = ("bpf_file", "compliance_file", "financial_file", "quality_file")
"""Each has a `KIND`."""


@cache
def kinds() -> dict[str, ReportKind]:
    """Return the reports there are, by name."""
    # Imported late: these modules make what this one describes.
    found = (import_module(f"pygmalion_app.reports.{module}").KIND for module in MODULES)
    return {kind.name: kind for kind in found}


def kind_of(name: str) -> ReportKind:
    """Return a report by its name; InvalidInputError for an unknown one."""
    found = kinds().get(name)
    if found is None:
        raise InvalidInputError(field="report")
    return found


def read_filters(kind: ReportKind, values: dict[str, Any]) -> Command:
    """Return what was chosen, checked; InvalidInputError names the field at fault."""
    try:
        return kind.filters.model_validate(values)
    except ValidationError as error:
        raise InvalidInputError(field=str(next(iter(error.errors()[0]["loc"]), "filters"))) from error
