"""The figures of the yearly training report, from the books and from who was there.

Income is what was sold in the year less what was taken back in it, excluding VAT, as entered in the books, told apart
by who pays the organisation. Trainees are those who came to sessions that ended in the year (in Paris); each follows
the course's duration, less the half-days that the sheet says they missed. What had to be assumed is listed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.attendance.half_days import half_days
from pygmalion_app.catalog.models import BpfObjective, Modality
from pygmalion_app.core.errors import InvalidInputError, NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.funding_models import FundingKind, FundingStatus
from pygmalion_app.enrollments.models import TraineeKind
from pygmalion_app.ledger.finance import span
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.reports import bpf_missing, financial, policy
from pygmalion_app.reports.bpf_schemas import BpfReport, Income, People, Source

FIRST_YEAR = 2000
_EURO = "EUR"
_SEATS: LiteralString = """
SELECT e.id, e.user_id, e.present, e.trainee_kind, o.id AS order_id, o.payer, buyer.kind AS buyer_kind,
  coalesce(buyer.siret, '') AS buyer_siret, s.id AS session_id, s.modality, s.starts_at, s.ends_at, s.time_zone,
  s.trainer_id, c.id AS course_id, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en,
  c.duration_minutes, c.bpf_objective, c.nsf_code,
  (SELECT count(*) FROM attendance_marks m WHERE m.session_id = s.id AND m.user_id = e.user_id) AS marks,
  (SELECT count(*) FROM attendance_marks m WHERE m.session_id = s.id AND m.user_id = e.user_id
    AND m.state = 'absent') AS absences,
  EXISTS (SELECT FROM order_funding f WHERE f.order_id = o.id AND f.kind = 'cpf' AND f.status <> 'refused') AS cpf,
  trim(u.first_name || ' ' || u.last_name) AS name, trim(t.first_name || ' ' || t.last_name) AS trainer_name,
  (SELECT bool_or(external) FROM organization_members k WHERE k.organization_id = s.organization_id
    AND k.user_id = s.trainer_id) AS external
FROM sessions s JOIN courses c ON c.id = s.course_id JOIN enrollments e ON e.session_id = s.id
JOIN orders o ON o.id = e.order_id LEFT JOIN organizations buyer ON buyer.id = o.buyer_organization_id
JOIN users u ON u.id = e.user_id LEFT JOIN users t ON t.id = s.trainer_id
WHERE s.organization_id = %(organization)s AND s.status <> 'cancelled' AND s.ends_at >= %(since)s
  AND s.ends_at < %(until)s AND s.ends_at <= %(now)s AND e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED')
ORDER BY s.starts_at, s.id, e.id
"""
_SOLD: LiteralString = """
SELECT o.id AS order_id, o.payer, b.kind AS buyer_kind, coalesce(b.siret, '') AS buyer_siret,
  coalesce(b.name, '') AS name, e.currency, o.net_cents, o.total_cents, sum(l.amount_cents)::bigint AS moved_cents
FROM orders o JOIN ledger_entries e ON e.order_id = o.id JOIN ledger_lines l ON l.entry_id = e.id
LEFT JOIN organizations b ON b.id = o.buyer_organization_id
WHERE o.seller_organization_id = %(organization)s AND l.account = 'BUYER' AND e.kind IN ('sale', 'credit')
  AND e.occurred_at >= %(since)s AND e.occurred_at < %(until)s
GROUP BY o.id, b.id, e.currency ORDER BY o.id
"""
_SHARES: LiteralString = """
SELECT order_id, kind, name, status, amount_cents FROM order_funding
WHERE seller_organization_id = %(organization)s AND subrogation AND status <> %(refused)s ORDER BY order_id, id
"""
_FUNDERS = {FundingKind.OPCO: Source.OPCO, FundingKind.CPF: Source.CPF, FundingKind.OTHER: Source.OTHER}
_PUBLIC_SIREN = ("1", "2")
"""First digits of the SIREN of the State and of local authorities."""


async def bpf(uow: UnitOfWork, organization_id: UUID | None, year: int | None = None) -> BpfReport:
    """Return a training organisation's figures of a year; last year's without one.

    Raises InvalidInputError, NotFoundError (a company has none), PermissionDeniedError.
    """
    found = policy.chosen(uow.actor, organization_id)
    await uow.require_reach(found)
    today = financial.local_day(uow)
    year = today.year - 1 if year is None else year
    if not FIRST_YEAR <= year <= today.year:
        raise InvalidInputError(field="year")
    since, until = span(date(year, 1, 1), date(year, 12, 31))
    facts: dict[str, Any] = {"organization": found, "since": since, "until": until, "now": uow.clock.now()}
    # Of participants and buyers nothing leaves this function that the school does not know of its own orders.
    async with uow.elevated():
        (school,) = await uow.sql(
            "SELECT name, kind, coalesce(nda, '') AS nda, coalesce(siret, '') AS siret FROM organizations"
            " WHERE id = %(organization)s",
            organization=found,
        )
        if school["kind"] != OrganizationKind.TRAINING:
            raise NotFoundError(organization=str(found))
        seats = await uow.sql(_SEATS, **facts)
        sold = await uow.sql(_SOLD, **facts)
        shares = await uow.sql(_SHARES, organization=found, refused=FundingStatus.REFUSED)
    for seat in seats:
        _measure(seat)
    return _report(found, year, school, seats, sold, shares)


def _report(
    organization_id: UUID,
    year: int,
    school: dict[str, Any],
    seats: list[dict[str, Any]],
    sold: list[dict[str, Any]],
    shares: list[dict[str, Any]],
) -> BpfReport:
    came = [seat for seat in seats if seat["present"]]
    own = [seat for seat in came if not _entrusted(seat)]
    income = _income(sold, shares)
    return BpfReport(
        organization_id=organization_id,
        organization_name=school["name"],
        nda=school["nda"],
        siret=school["siret"],
        year=year,
        income=income,
        income_cents=sum(line.cents for line in income),
        trainers=_trainers(came),
        trainees=_by(own, _kind, [kind.value for kind in TraineeKind if kind]),
        total=_all("total", own),
        remote=_all("remote", (seat for seat in own if seat["modality"] != Modality.PRESENTIEL)),
        subcontracted=_all("subcontracted", (seat for seat in own if seat["external"])),
        objectives=_by(own, _objective, [one.value for one in BpfObjective if one]),
        specialities=tuple(
            sorted(_by(own, lambda seat: seat["nsf_code"], []), key=lambda one: (-one.minutes, one.key))
        ),
        entrusted=_all("entrusted", (seat for seat in came if _entrusted(seat))),
        missing=bpf_missing.gaps(school, seats, sold, shares),
    )


def _measure(seat: dict[str, Any]) -> None:
    """Add how many half-days were to be signed for, how many are not, and the minutes that were followed."""
    halves = 0
    if seat["modality"] != Modality.ELEARNING:
        halves = len(half_days(seat["starts_at"], seat["ends_at"], seat["time_zone"]))
    absences = min(seat["absences"], halves)
    seat["unsigned"] = max(0, halves - seat["marks"])
    seat["minutes"] = seat["duration_minutes"] * (halves - absences) // halves if halves else seat["duration_minutes"]


def _entrusted(seat: dict[str, Any]) -> bool:
    return seat["buyer_kind"] == OrganizationKind.TRAINING


def _kind(seat: dict[str, Any]) -> str:
    """Return who a trainee is: as stated, else as the order's payer tells."""
    if seat["trainee_kind"]:
        return seat["trainee_kind"]
    if seat["payer"] == "company":
        return TraineeKind.OTHER if is_public(seat) else TraineeKind.EMPLOYEE
    return TraineeKind.OTHER if seat["cpf"] else TraineeKind.INDIVIDUAL


def _objective(seat: dict[str, Any]) -> str:
    return seat["bpf_objective"] or BpfObjective.PROFESSIONAL


def is_public(row: dict[str, Any]) -> bool:
    """Tell whether a buyer is a public body, by its SIREN."""
    return row["buyer_siret"].startswith(_PUBLIC_SIREN)


def _trainers(came: list[dict[str, Any]]) -> tuple[People, ...]:
    """Count those who led a session that somebody came to, and its duration once."""
    led = {seat["session_id"]: seat for seat in came if seat["trainer_id"] is not None}
    people: dict[bool, set[UUID]] = defaultdict(set)
    minutes = Counter[bool]()
    for seat in led.values():
        external = bool(seat["external"])
        people[external].add(seat["trainer_id"])
        minutes[external] += seat["duration_minutes"]
    return tuple(
        People(key=key, people=len(people[external]), minutes=minutes[external])
        for key, external in (("internal", False), ("external", True))
    )


def _by(seats: list[dict[str, Any]], key: Any, always: list[str]) -> tuple[People, ...]:
    """Count seats and minutes by key; those in `always` have their line even where nobody is in it."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in always}
    for seat in seats:
        found.setdefault(str(key(seat)), []).append(seat)
    return tuple(_all(name, group) for name, group in found.items())


def _all(key: str, seats: Iterable[dict[str, Any]]) -> People:
    minutes = [seat["minutes"] for seat in seats]
    return People(key=key, people=len(minutes), minutes=sum(minutes))


def _income(sold: list[dict[str, Any]], shares: list[dict[str, Any]]) -> tuple[Income, ...]:
    cents, orders = Counter[Source](), defaultdict[Source, set[UUID]](set)
    of_order: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for share in shares:
        of_order[share["order_id"]].append(share)
    for row in sold:
        if row["currency"] != _EURO or not row["total_cents"]:
            continue
        net = round(row["moved_cents"] * row["net_cents"] / row["total_cents"])
        rest = net
        for share in of_order[row["order_id"]]:
            part = round(net * share["amount_cents"] / row["total_cents"])
            rest -= part
            cents[_FUNDERS[share["kind"]]] += part
            orders[_FUNDERS[share["kind"]]].add(row["order_id"])
        if rest:
            cents[_buyer(row)] += rest
            orders[_buyer(row)].add(row["order_id"])
    return tuple(Income(source=one, cents=cents[one], orders=len(orders[one])) for one in Source)


def _buyer(row: dict[str, Any]) -> Source:
    if row["payer"] != "company":
        return Source.INDIVIDUALS
    if _entrusted(row):
        return Source.SCHOOLS
    return Source.PUBLIC if is_public(row) else Source.COMPANIES
