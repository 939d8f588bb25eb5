"""Reports that come by themselves: made every Monday or every first of a month for somebody who may read them.

Whether they still may is asked when the report is made. Who may not gets nothing, the schedule stops, and whoever set
it up is told. The mail leads to the file behind the sign-in: what is in it goes into nobody's mailbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from pydantic import Field

from pygmalion_app.accounts.models import AccountStatus
from pygmalion_app.accounts.queries import actor_of_user
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.permissions import ROLE_PERMISSIONS, Permission
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.reports import kinds, policy
from pygmalion_app.reports.exports import EXPORT_TASK
from pygmalion_app.reports.files import FileFormat
from pygmalion_app.reports.financial import local_day
from pygmalion_app.reports.models import Frequency, ReportExport, ReportSchedule

SEND_TASK: Final = "reports.send"
KEPT_FOR: Final = timedelta(days=31)
MOST: Final = 50
"""Schedules that an organisation may have."""
_LAST_MONTH: Final = 12
_READERS: Final = [role.value for role, held in ROLE_PERMISSIONS.items() if Permission.REPORT_READ in held]
_CANDIDATES: LiteralString = """
SELECT DISTINCT u.id, u.first_name || ' ' || u.last_name AS name, u.email
FROM organization_members m JOIN users u ON u.id = m.user_id
WHERE m.organization_id = %(organization)s AND m.role = ANY (%(roles)s) AND u.status = %(active)s ORDER BY name, u.id
"""
_LIST: LiteralString = """
SELECT s.*, u.first_name || ' ' || u.last_name AS recipient_name FROM report_schedules s
JOIN users u ON u.id = s.recipient_id WHERE s.organization_id = %(organization)s ORDER BY s.id
"""
_PEOPLE: LiteralString = """
SELECT r.email, r.locale, r.first_name || ' ' || r.last_name AS recipient, c.email AS creator_email,
  c.locale AS creator_locale, o.name AS organization
FROM users r, users c, organizations o WHERE r.id = %(recipient)s AND c.id = %(creator)s AND o.id = %(organization)s
"""


class CreateSchedule(Command):
    """Which report comes to whom, how often, as what."""

    report: str
    format: FileFormat
    frequency: Frequency
    recipient_id: UUID
    organization_id: UUID | None = None
    filters: dict[str, Any] = Field(default_factory=dict)


class ScheduleView(View):
    """A report that comes by itself; `stopped_why` is an error's code once it comes no more."""

    id: UUID
    report: str
    format: str
    frequency: str
    filters: dict[str, Any]
    recipient_id: UUID
    recipient_name: str
    next_on: date
    last_on: date | None
    stopped_why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom reports may be sent to."""

    id: UUID
    name: str
    email: str


class TooManySchedulesError(InvalidInputError):
    """An organisation has as many as it may."""

    code = "too_many_schedules"


def following(day: date, frequency: str) -> date:
    """Return the first day after `day` on which a report comes: a Monday, or the first of a month."""
    if frequency == Frequency.WEEKLY:
        return day + timedelta(days=7 - day.weekday())
    return day.replace(year=day.year + day.month // _LAST_MONTH, month=day.month % _LAST_MONTH + 1, day=1)


async def candidates(uow: UnitOfWork, organization_id: UUID | None = None) -> list[Candidate]:
    """Return who may be sent an organisation's reports: its members that may read them."""
    found = policy.chosen(uow.actor, organization_id)
    await uow.require_reach(found)
    async with uow.elevated():
        rows = await uow.sql(_CANDIDATES, organization=found, roles=_READERS, active=AccountStatus.ACTIVE)
    return [Candidate(**row) for row in rows]


async def create(uow: UnitOfWork, command: CreateSchedule) -> UUID:
    """Have a report come by itself. Raises InvalidInputError (`recipient` for who may not read it)."""
    organization_id = policy.chosen(uow.actor, command.organization_id)
    kind = kinds.kind_of(command.report)
    chosen = kinds.read_filters(kind, command.filters)
    if command.recipient_id not in {one.id for one in await candidates(uow, organization_id)}:
        raise InvalidInputError(field="recipient")
    if len(await schedules(uow, organization_id)) >= MOST:
        raise TooManySchedulesError(most=MOST)
    schedule = ReportSchedule(
        organization_id=organization_id,
        recipient_id=command.recipient_id,
        created_by=uow.actor.require_user(),
        report=kind.name,
        filters=chosen.model_dump(mode="json"),
        format=command.format,
        frequency=command.frequency,
        next_on=following(local_day(uow), command.frequency),
        created_at=uow.clock.now(),
    )
    uow.session.add(schedule)
    await uow.session.flush()
    facts = {"report": kind.name, "frequency": command.frequency, "recipient": command.recipient_id}
    await audit.record(uow, "report.scheduled", organization_id=organization_id, subject_id=schedule.id, facts=facts)
    return schedule.id


async def schedules(uow: UnitOfWork, organization_id: UUID | None = None) -> list[ScheduleView]:
    """Return an organisation's schedules, the oldest first."""
    found = policy.chosen(uow.actor, organization_id)
    await uow.require_reach(found)
    async with uow.elevated():
        rows = await uow.sql(_LIST, organization=found)
    return [ScheduleView.model_validate(row) for row in rows]


async def remove(uow: UnitOfWork, schedule_id: UUID) -> None:
    """Let a report come no more. Raises NotFoundError."""
    found = await uow.session.get(ReportSchedule, schedule_id)
    if found is None:
        uow.actor.require_user()
        raise NotFoundError(schedule=str(schedule_id))
    policy.require_read(uow.actor, found.organization_id)
    await audit.record(uow, "report.unscheduled", organization_id=found.organization_id, subject_id=found.id)
    await uow.session.delete(found)


async def due(uow: UnitOfWork) -> Sequence[UUID]:
    """Return the schedules whose day has come, and queue their sending; for the daily job."""
    rows = await uow.sql(
        "SELECT id FROM report_schedules WHERE stopped_at IS NULL AND next_on <= %(today)s ORDER BY id",
        today=local_day(uow),
    )
    for row in rows:
        await uow.defer(SEND_TASK, queueing_lock=f"{SEND_TASK}:{row['id']}", schedule_id=str(row["id"]))
    return [row["id"] for row in rows]


async def send(schedule_id: UUID) -> None:
    """Have a schedule's report made for its reader, or stop it when they may not read it any more. Once a day."""
    async with unit_of_work(SYSTEM) as uow:
        schedule = await uow.session.get(ReportSchedule, schedule_id, with_for_update=True)
        today = local_day(uow)
        if schedule is None or schedule.stopped_at is not None or schedule.next_on > today:
            return
        schedule.next_on, schedule.last_on = following(today, schedule.frequency), today
        people = (
            await uow.sql(
                _PEOPLE,
                recipient=schedule.recipient_id,
                creator=schedule.created_by,
                organization=schedule.organization_id,
            )
        )[0]
        if _may_read(await actor_of_user(schedule.recipient_id), schedule.organization_id):
            await _have_made(uow, schedule, people["locale"])
        else:
            await _stop(uow, schedule, people)


def _may_read(actor: Actor | None, organization_id: UUID) -> bool:
    try:
        policy.require_read(actor or Actor(), organization_id)
    except (NotFoundError, PermissionDeniedError):
        return False
    # A platform administrator reads everything on screen; that is no reason to be sent it.
    return actor is not None and organization_id in actor.organizations_with(Permission.REPORT_READ)


async def _have_made(uow: UnitOfWork, schedule: ReportSchedule, locale: str) -> None:
    kind = kinds.kind_of(schedule.report)
    chosen = kinds.read_filters(kind, schedule.filters)
    if kind.recent is not None:
        chosen = kind.recent(chosen, uow, schedule.frequency == Frequency.WEEKLY)
    now = uow.clock.now()
    export = ReportExport(
        organization_id=schedule.organization_id,
        requested_by=schedule.recipient_id,
        report=kind.name,
        filters=chosen.model_dump(mode="json"),
        format=schedule.format,
        locale=locale,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    uow.session.add(export)
    await uow.session.flush()
    await uow.defer(EXPORT_TASK, export_id=str(export.id), tell=True)


async def _stop(uow: UnitOfWork, schedule: ReportSchedule, people: dict[str, Any]) -> None:
    schedule.stopped_at, schedule.stopped_why = uow.clock.now(), PermissionDeniedError.code
    locale = people["creator_locale"]
    await queue_email(
        uow,
        people["creator_email"],
        "report-stopped",
        locale,
        path=f"/{locale}/reports",
        enclosed=(),
        report=translate(locale, f"report-{schedule.report}"),
        recipient=people["recipient"],
        organization=people["organization"],
    )
