"""The passport: somebody's certificates by subject, each with its versions, its renewals and all that happened."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from sqlmodel import col

from pygmalion_app.certificates import external_queries, service
from pygmalion_app.certificates.external_schemas import ExternalView
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.certificates.schemas import CertificateView
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork

_EVENTS: LiteralString = """
SELECT e.certificate_id, c.number, e.kind, e.at, e.reason, r.number AS related, e.lead_days
FROM certificate_events e JOIN certificates c ON c.id = e.certificate_id
LEFT JOIN certificates r ON r.id = e.related_id
WHERE e.certificate_id = ANY (%(ids)s) ORDER BY e.at DESC, e.id DESC
"""
_KIN: LiteralString = """
WITH RECURSIVE kin AS (
  SELECT id, corrects, replaced_by, renews FROM certificates WHERE id = %(id)s
  UNION
  SELECT c.id, c.corrects, c.replaced_by, c.renews FROM certificates c JOIN kin k
    ON c.id IN (k.corrects, k.replaced_by, k.renews) OR k.id IN (c.corrects, c.replaced_by, c.renews)
) SELECT id FROM kin
"""


class EventView(View):
    """Something that happened to a certificate."""

    certificate_id: UUID
    number: str
    kind: str
    at: datetime
    reason: str | None
    related: str | None
    """The number of the certificate that it is about beside its own."""
    lead_days: int | None


class Lineage(View):
    """The certificates of one subject that follow one another, newest first, and their events, newest first."""

    course: str
    course_en: str
    current: UUID | None
    """The one that counts now: live, and renewed by none; None where all were taken back."""
    certificates: tuple[CertificateView, ...]
    events: tuple[EventView, ...]


class Passport(View):
    """All that somebody holds, newest subject first; `external` are checked by a person and not anchored."""

    lineages: tuple[Lineage, ...]
    external: tuple[ExternalView, ...]
    made_at: datetime


async def passport(uow: UnitOfWork) -> Passport:
    """Return the caller's own. NotAuthenticatedError for a stranger."""
    mine = col(Certificate.user_id) == uow.actor.require_user()
    views = [service.view_of(uow, row) for row in await service.rows_where(uow, mine)]
    events = await _events(uow, [view.id for view in views])
    lineages = [_lineage(group, events) for group in _families(views)]
    lineages.sort(key=lambda one: one.certificates[0].issued_at, reverse=True)
    return Passport(lineages=tuple(lineages), external=await external_queries.mine(uow), made_at=uow.clock.now())


async def history(uow: UnitOfWork, certificate_id: UUID) -> Lineage:
    """Return what belongs together with one certificate, as far as the caller may see it; NotFoundError as `get`."""
    await service.get(uow, certificate_id)
    ids = [row["id"] for row in await uow.sql(_KIN, id=certificate_id)]
    rows = await service.rows_where(uow, col(Certificate.id).in_(ids) & service.seen_by(uow))
    views = [service.view_of(uow, row) for row in rows]
    return _lineage(views, await _events(uow, [view.id for view in views]))


async def _events(uow: UnitOfWork, ids: list[UUID]) -> list[EventView]:
    return [EventView.model_validate(row) for row in await uow.sql(_EVENTS, ids=ids)]


def _families(views: Iterable[CertificateView]) -> list[list[CertificateView]]:
    """Put together what corrects, replaces or renews one another; order is kept."""
    root: dict[UUID, UUID] = {}

    def find(one: UUID) -> UUID:
        while root.setdefault(one, one) != one:
            one = root[one]
        return one

    listed = list(views)
    for view in listed:
        for other in (view.corrects, view.replaced_by, view.renewed_by):
            if other is not None:
                root[find(other)] = find(view.id)
    groups: dict[UUID, list[CertificateView]] = defaultdict(list)
    for view in listed:
        groups[find(view.id)].append(view)
    return list(groups.values())


def _lineage(views: list[CertificateView], events: list[EventView]) -> Lineage:
    ids = {view.id for view in views}
    live = [view for view in views if view.revoked_at is None and view.renewed_by is None]
    newest = views[0]
    return Lineage(
        course=newest.course,
        course_en=newest.course_en,
        current=live[0].id if live else None,
        certificates=tuple(views),
        events=tuple(event for event in events if event.certificate_id in ids),
    )
