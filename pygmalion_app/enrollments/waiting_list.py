"""Waiting for seats in a full session: joining, leaving, and who waits (the rule is in `waiting_queue`)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb
from sqlalchemy.exc import IntegrityError

from pygmalion_app.core import audit
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork, container, unit_of_work
from pygmalion_app.enrollments import service, waiting_mails
from pygmalion_app.enrollments.errors import (
    AlreadyEnrolledError,
    AlreadyWaitingError,
    GroupTooLargeError,
    OnlyOneselfError,
    SalesStoppedError,
    SeatsAvailableError,
    SessionPastError,
    WaitingOverError,
)
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.schemas import OrderView, PlaceOrder
from pygmalion_app.enrollments.seats import LockedSession, lock_session, recount
from pygmalion_app.enrollments.teaching import taught_session
from pygmalion_app.enrollments.waiting_models import WaitingEntry, WaitingStatus
from pygmalion_app.enrollments.waiting_schemas import AcceptOffer, JoinWaitingList, Queue, QueueEntry, WaitingView

UNDO: Final = timedelta(minutes=10)
"""How long who left may take their place back."""
_SHOWN: Final = timedelta(days=7)
"""How long an offer that lapsed, or a list that closed, is still shown."""

_INSERT: LiteralString = """
INSERT INTO waiting_list_entries (id, session_id, user_id, organization_id, seller_organization_id, ticket, quantity,
  participants, status, held_seats, skips, joined_at)
SELECT %(id)s, %(session_id)s, %(user_id)s, %(organization_id)s, %(seller)s, coalesce(max(ticket), 0) + 1,
  %(quantity)s, %(participants)s, 'waiting', 0, 0, %(now)s
FROM waiting_list_entries WHERE session_id = %(session_id)s
"""
_VIEW: LiteralString = """
SELECT w.*, c.slug AS course_slug, c.title AS course_title, s.starts_at, s.ends_at, s.time_zone, s.location,
  coalesce(nullif(c.title_en, ''), c.title) AS course_title_en, seller.name AS organization_name,
  coalesce(buyer.name, concat_ws(' ', u.first_name, u.last_name)) AS buyer_name,
  queue.waiting, CASE w.status WHEN 'waiting' THEN queue.position ELSE 0 END AS position
FROM waiting_list_entries w JOIN sessions s ON s.id = w.session_id JOIN courses c ON c.id = s.course_id
JOIN organizations seller ON seller.id = w.seller_organization_id JOIN users u ON u.id = w.user_id
LEFT JOIN organizations buyer ON buyer.id = w.organization_id
CROSS JOIN LATERAL (
  SELECT count(*) AS waiting, count(*) FILTER (WHERE q.ticket <= w.ticket) AS position
  FROM waiting_list_entries q WHERE q.session_id = w.session_id AND q.status = 'waiting'
) AS queue
"""
_MINE: LiteralString = f"""{_VIEW}
WHERE w.id = ANY (%(ids)s) AND (w.user_id = %(user_id)s OR w.organization_id = ANY (%(organizations)s))
  AND (w.status IN ('waiting', 'offered') OR (w.status IN ('lapsed', 'closed') AND w.closed_at > %(since)s))
ORDER BY w.status = 'offered' DESC, s.starts_at, w.id LIMIT 200
"""
_ONE: LiteralString = f"{_VIEW} WHERE w.id = %(id)s"
_OF_SESSION: LiteralString = """
SELECT row_number() OVER (ORDER BY w.ticket) AS position, concat_ws(' ', u.first_name, u.last_name) AS name, u.email,
  coalesce(o.name, '') AS company, w.quantity, w.status, w.held_seats, w.joined_at, w.offer_expires_at
FROM waiting_list_entries w JOIN users u ON u.id = w.user_id LEFT JOIN organizations o ON o.id = w.organization_id
WHERE w.session_id = %(session_id)s AND w.id = ANY (%(ids)s) AND w.status IN ('waiting', 'offered')
ORDER BY w.ticket LIMIT 500
"""
_ENROLLED: LiteralString = """
SELECT 1 FROM enrollments WHERE session_id = %(session_id)s AND user_id = %(user_id)s AND status <> 'CANCELLED'
"""
_QUEUES: LiteralString = """
SELECT session_id, count(*) AS buyers, sum(quantity) AS seats, array_agg(ticket ORDER BY ticket) AS tickets
FROM waiting_tickets(%(ids)s) GROUP BY session_id
"""


async def join(uow: UnitOfWork, session_id: UUID, command: JoinWaitingList) -> WaitingView:
    """Take the last place in a full session's queue, for seats together, and say which place it is.

    Raises NotFoundError, SessionPastError, SalesStoppedError, SeatsAvailableError (there is nothing to wait for),
    GroupTooLargeError, AlreadyWaitingError, AlreadyEnrolledError, OnlyOneselfError, PermissionDeniedError.
    """
    user_id = uow.actor.require_user()
    company_id = _buyer(uow.actor, command)
    if company_id is None and command.quantity > 1:
        raise OnlyOneselfError(field="quantity")
    await hit(Limit.WAITING_LIST, user_id)
    async with uow.elevated():
        session = await lock_session(uow, session_id)
        _require_worth_waiting(uow, session, command.quantity)
        if company_id is None and await uow.sql(_ENROLLED, session_id=session_id, user_id=user_id):
            raise AlreadyEnrolledError(session=str(session_id))
        entry_id = await _insert(uow, session, user_id, company_id, command)
        await recount(uow, session_id)
        await audit.record(
            uow,
            "waiting_list.joined",
            subject_id=entry_id,
            organization_id=company_id,
            facts={"seats": command.quantity},
        )
        view = await _view(uow, entry_id)
        await waiting_mails.joined(uow, await uow.session.get_one(WaitingEntry, entry_id), view.position)
        return view


async def leave(uow: UnitOfWork, entry_id: UUID) -> WaitingView:
    """Give the place up, or the offer; the seats held for it go to the next. Raises WaitingOverError."""
    async with uow.elevated():
        entry = await _locked(uow, entry_id)
        if entry.status not in {WaitingStatus.WAITING, WaitingStatus.OFFERED}:
            raise WaitingOverError(entry=str(entry_id))
        entry.status, entry.held_seats, entry.closed_at = WaitingStatus.LEFT, 0, uow.clock.now()
        await recount(uow, entry.session_id)
        await audit.record(uow, "waiting_list.left", subject_id=entry_id, organization_id=entry.organization_id)
        return await _view(uow, entry_id)


async def take_back(uow: UnitOfWork, entry_id: UUID) -> WaitingView:
    """Undo `leave`: the place is the one it was. Not for an offer that was given up, which is the next one's now.

    Raises WaitingOverError, AlreadyWaitingError (joined anew meanwhile).
    """
    async with uow.elevated():
        entry = await _locked(uow, entry_id)
        if not _may_come_back(entry, uow.clock.now()):
            raise WaitingOverError(entry=str(entry_id))
        entry.status, entry.closed_at = WaitingStatus.WAITING, None
        try:
            await uow.session.flush()
        except IntegrityError as error:
            raise AlreadyWaitingError(session=str(entry.session_id)) from error
        await recount(uow, entry.session_id)
        return await _view(uow, entry_id)


async def accept(actor: Actor, entry_id: UUID, command: AcceptOffer, idempotency_key: str | None = None) -> OrderView:
    """Place the order on the seats that are offered, and open its checkout (errors as `service.enroll`)."""
    async with unit_of_work(actor) as uow:
        entry = await _own(uow, entry_id)
    terms = dict(command)
    if command.payer is Payer.COMPANY:
        terms["organization_id"] = command.organization_id or entry.organization_id
    placed = PlaceOrder(session_id=entry.session_id, waiting_list_entry_id=entry_id, **terms)
    return await service.enroll(actor, placed, idempotency_key)


async def mine(uow: UnitOfWork) -> tuple[WaitingView, ...]:
    """Return where the caller and their companies wait: offers first, then by date; what ended lately too."""
    values = _whose(uow.actor) | {"since": uow.clock.now() - _SHOWN}
    values["ids"] = [row["id"] for row in await uow.sql("SELECT id FROM waiting_list_entries")]
    # A position counts others' places, which are not the caller's to read.
    async with uow.elevated():
        return tuple(_shown(row) for row in await uow.sql(_MINE, **values))


async def offer_in(uow: UnitOfWork, session_id: UUID) -> WaitingView | None:
    """Return the offer that the caller, or a company of theirs, has in a session now."""
    found = [one for one in await mine(uow) if one.session_id == session_id and one.status == WaitingStatus.OFFERED]
    return next((one for one in found if one.offer_expires_at and one.offer_expires_at > uow.clock.now()), None)


async def of_session(uow: UnitOfWork, session_id: UUID) -> tuple[QueueEntry, ...]:
    """Return who waits for a session, in order: to its trainer and its organisation's admin."""
    await taught_session(uow, session_id)
    seen = await uow.sql("SELECT id FROM waiting_list_entries WHERE session_id = %(id)s", id=session_id)
    # The names of those who wait are read past the rows; which of them, the database says.
    async with uow.elevated():
        rows = await uow.sql(_OF_SESSION, session_id=session_id, ids=[row["id"] for row in seen])
    return tuple(QueueEntry(**row) for row in rows)


async def queues(session_ids: Sequence[UUID]) -> dict[UUID, Queue]:
    """Return how many wait for each session, everybody's to know; sessions for which nobody waits are missing."""
    async with container().reader.connection() as connection:
        found = await connection.execute(_QUEUES, {"ids": list(session_ids)})
        return {row["session_id"]: Queue(**row) for row in await found.fetchall()}


def _buyer(actor: Actor, command: JoinWaitingList) -> UUID | None:
    """Return the company that waits, None for a person alone; check that the actor may buy for it."""
    companies = actor.organizations_with(Permission.ENROLLMENT_CREATE)
    if command.payer is Payer.INDIVIDUAL:
        return None
    if command.organization_id is not None:
        actor.require(Permission.ENROLLMENT_CREATE, command.organization_id)
        return command.organization_id
    if companies:
        return companies[0]
    if command.payer is Payer.COMPANY:
        raise actor.denied(Permission.ENROLLMENT_CREATE, None)
    return None


def _require_worth_waiting(uow: UnitOfWork, session: LockedSession, wanted: int) -> None:
    if session.course_status != "published":
        raise NotFoundError(session=str(session.id))
    if session.status != "scheduled" or session.starts_at <= uow.clock.now():
        raise SessionPastError(session=str(session.id))
    if session.sales_stopped:
        raise SalesStoppedError(session=str(session.id))
    if wanted > session.capacity:
        raise GroupTooLargeError(field="quantity", capacity=session.capacity)
    if session.left >= wanted:
        raise SeatsAvailableError(session=str(session.id), left=session.left)


async def _insert(
    uow: UnitOfWork, session: LockedSession, user_id: UUID, company_id: UUID | None, command: JoinWaitingList
) -> UUID:
    entry_id = new_id()
    people = [person.model_dump(mode="json", by_alias=True) for person in command.participants[: command.quantity]]
    try:
        await uow.sql(
            _INSERT,
            id=entry_id,
            session_id=session.id,
            user_id=user_id,
            organization_id=company_id,
            seller=session.organization_id,
            quantity=command.quantity,
            participants=Jsonb(people),
            now=uow.clock.now(),
        )
    except UniqueViolation as error:
        raise AlreadyWaitingError(session=str(session.id)) from error
    return entry_id


def _may_come_back(entry: WaitingEntry, now: datetime) -> bool:
    left_at = entry.closed_at if entry.status == WaitingStatus.LEFT and entry.offered_at is None else None
    return left_at is not None and left_at >= now - UNDO


async def _own(uow: UnitOfWork, entry_id: UUID) -> WaitingEntry:
    """Return a place of the caller or of a company they buy for; for others it does not exist."""
    user_id = uow.actor.require_user()
    entry = await uow.session.get(WaitingEntry, entry_id)
    companies = uow.actor.organizations_with(Permission.ENROLLMENT_CREATE)
    if entry is None or not (entry.user_id == user_id or entry.organization_id in companies):
        raise NotFoundError(entry=str(entry_id))
    return entry


async def _locked(uow: UnitOfWork, entry_id: UUID) -> WaitingEntry:
    entry = await _own(uow, entry_id)
    await lock_session(uow, entry.session_id)
    await uow.session.refresh(entry)
    return entry


async def _view(uow: UnitOfWork, entry_id: UUID) -> WaitingView:
    await uow.session.flush()
    return _shown((await uow.sql(_ONE, id=entry_id))[0])


def _whose(actor: Actor) -> dict[str, Any]:
    return {
        "user_id": actor.require_user(),
        "organizations": list(actor.organizations_with(Permission.ENROLLMENT_CREATE)),
    }


def _shown(row: dict[str, Any]) -> WaitingView:
    return WaitingView(**{name: row[name] for name in WaitingView.model_fields})
