"""What is known of people, read in a few statements for however many: rules, proofs, bookings, exemptions.

Elevated: certificates are their holders', and an employer learns here only whether they satisfy a requirement.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, LiteralString, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from pygmalion_app.compliance.models import DecidedBy
from pygmalion_app.compliance.status import (
    EXPIRING_DAYS,
    Booking,
    Judgement,
    Practice,
    Proof,
    Rule,
    Waiver,
    judge,
    strictest,
)
from pygmalion_app.core.unit_of_work import UnitOfWork

DEFAULT_ZONE = "Europe/Paris"
_PEOPLE_A_TURN = 50

# `days`: the day that it is in each person's zone. A what-if asks for another day, which is the same everywhere.
_PEOPLE: LiteralString = """
SELECT p.user_id, p.job_role_id, p.site_id, p.contractor_type, p.active_from, p.active_until,
  coalesce(s.time_zone, 'Europe/Paris') AS time_zone
FROM positions p LEFT JOIN sites s ON s.id = p.site_id
WHERE p.organization_id = %(organization)s AND (%(users)s::uuid[] IS NULL OR p.user_id = ANY (%(users)s::uuid[]))
"""
# The version in force on each day is chosen in Python: people's days differ by one at most.
_RULES: LiteralString = """
SELECT s.job_role_id, s.site_id, s.contractor_type, v.id AS version_id, v.set_id, v.version, v.effective_from, r.key,
  r.title, r.title_en, r.codes, r.months, r.anchor, r.window_months, r.recency_months, r.hours_per_period,
  r.period_months, r.position
FROM requirement_sets s JOIN requirement_set_versions v ON v.set_id = s.id JOIN requirements r ON r.version_id = v.id
WHERE s.organization_id = %(organization)s AND s.archived_at IS NULL
  AND (v.published_at IS NOT NULL OR v.id = %(draft)s::uuid)
ORDER BY r.position, r.key
"""
_EQUIVALENCES: LiteralString = """
SELECT code, satisfies_code FROM course_equivalences WHERE organization_id IS NULL OR organization_id = %(organization)s
"""
# Days are the certificate's own, where it was obtained. An erased one names nobody and proves nothing here.
# They are most of what is read, 80,000 at once: as one text, a fifth of the time that as many rows take.
_PROOFS: LiteralString = """
SELECT coalesce(json_agg(json_build_array(user_id, code, id, kind, obtained_on, until, minutes)), '[]')::text AS proofs
FROM (
SELECT c.user_id, k.type_code AS code, c.id, 'certificate' AS kind,
  coalesce((c.content->>'completedOn')::date, (c.issued_at AT TIME ZONE 'Europe/Paris')::date) AS obtained_on,
  (c.content->>'validUntil')::date AS until, k.duration_minutes AS minutes
FROM certificates c JOIN courses k ON k.id = c.course_id
WHERE c.user_id = ANY (%(users)s::uuid[]) AND k.type_code = ANY (%(codes)s::text[]) AND c.revoked_at IS NULL
UNION ALL
SELECT x.user_id, x.type_code, x.id, 'external', x.obtained_on, x.valid_until, t.duration_minutes
FROM external_certificates x JOIN course_types t ON t.code = x.type_code
WHERE x.user_id = ANY (%(users)s::uuid[]) AND x.type_code = ANY (%(codes)s::text[]) AND x.state = 'accepted') AS every
"""
# A session whose result is not in is waited for, for some weeks.
_BOOKINGS: LiteralString = """
SELECT e.user_id, k.type_code AS code, e.id, (s.starts_at AT TIME ZONE s.time_zone)::date AS starts_on
FROM enrollments e JOIN sessions s ON s.id = e.session_id JOIN courses k ON k.id = e.course_id
WHERE e.user_id = ANY (%(users)s::uuid[]) AND k.type_code = ANY (%(codes)s::text[])
  AND e.status IN ('CONFIRMED', 'IN_PROGRESS') AND s.status <> 'cancelled'
  AND s.ends_at > %(now)s - interval '30 days'
"""
_EXEMPTIONS: LiteralString = """
SELECT user_id, requirement_key AS key, id, until FROM exemptions
WHERE organization_id = %(organization)s AND user_id = ANY (%(users)s::uuid[])
"""

NOTHING: tuple[Any, ...] = ()
_proofs = msgspec.json.Decoder(list[tuple[UUID, str, UUID, DecidedBy, date, date | None, int]])
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a position, and the day that it is for them."""

    user_id: UUID
    job_role_id: UUID | None
    site_id: UUID | None
    contractor_type: str
    active_from: date
    active_until: date | None
    today: date

    @property
    def active(self) -> bool:
        """Whether they work there on that day."""
        return self.active_from <= self.today and (self.active_until is None or self.today <= self.active_until)


@dataclass(frozen=True, slots=True)
class Demand:
    """One requirement of a version, as it applies; `codes` already hold what stands for them."""

    key: str
    title: str
    title_en: str
    codes: tuple[str, ...]
    rule: Rule
    position: int


@dataclass(slots=True)
class Version:
    """A published version (or the draft that a preview asks about) of a set, with whom the set is about."""

    id: UUID
    set_id: UUID
    number: int
    effective_from: date
    job_role_id: UUID | None
    site_id: UUID | None
    contractor_type: str | None
    demands: list[Demand] = field(default_factory=list[Demand])

    def is_about(self, person: Person) -> bool:
        """Tell whether the set asks anything of a person."""
        return (
            (self.job_role_id is None or self.job_role_id == person.job_role_id)
            and (self.site_id is None or self.site_id == person.site_id)
            and (self.contractor_type is None or self.contractor_type == person.contractor_type)
        )


@dataclass(slots=True)
class Facts:
    """All that the statuses of some people depend on."""

    people: list[Person]
    versions: list[Version]
    proofs: dict[UUID, dict[str, list[Proof]]]
    bookings: dict[UUID, dict[str, list[Booking]]]
    exemptions: dict[tuple[UUID, str], Waiver]
    expiring_days: int = EXPIRING_DAYS
    _asked: dict[tuple[object, ...], list[tuple[str, list[Demand]]]] = field(default_factory=dict, init=False)  # pyright: ignore[reportUnknownVariableType]

    def demands(self, person: Person) -> list[tuple[str, list[Demand]]]:
        """Return what is asked of a person on their day: each key with its rule, several where sets overlap."""
        group = (person.job_role_id, person.site_id, person.contractor_type, person.today)
        if group not in self._asked:
            asked: dict[str, list[Demand]] = {}
            for version in in_force(self.versions, person.today):
                if version.is_about(person):
                    for demand in version.demands:
                        asked.setdefault(demand.key, []).append(demand)
            self._asked[group] = list(asked.items())
        return self._asked[group]

    def judgements(self, person: Person) -> Iterable[tuple[str, Judgement]]:
        """Yield a person's judgement for each key that is asked of them; nothing for somebody who left."""
        if not person.active:
            return
        proofs, bookings = self.proofs.get(person.user_id, {}), self.bookings.get(person.user_id, {})
        practice = Practice(person.active_from, person.active_until)
        for key, demands in self.demands(person):
            waiver = self.exemptions.get((person.user_id, key))
            if len(demands) == 1:
                yield key, self._judge(demands[0], proofs, bookings, waiver, person.today, practice)
            else:
                yield (
                    key,
                    strictest(self._judge(it, proofs, bookings, waiver, person.today, practice) for it in demands),
                )

    async def everybody(self) -> AsyncGenerator[tuple[Person, Iterable[tuple[str, Judgement]]]]:
        """Yield everybody with their judgements, letting others have the processor now and then.

        80,000 judgements take most of a second, for which no page would answer.
        """
        for number, person in enumerate(self.people):
            if number % _PEOPLE_A_TURN == 0:
                await asyncio.sleep(0)
            yield person, self.judgements(person)

    def _judge(
        self,
        demand: Demand,
        proofs: dict[str, list[Proof]],
        bookings: dict[str, list[Booking]],
        waiver: Waiver | None,
        today: date,
        practice: Practice,
    ) -> Judgement:
        return judge(
            demand.rule,
            _of(proofs, demand.codes),
            _of(bookings, demand.codes),
            waiver,
            today,
            self.expiring_days,
            practice,
        )


def _of(known: dict[str, list[T]], codes: tuple[str, ...]) -> Sequence[T]:
    if not known:
        return NOTHING
    if len(codes) == 1:
        return known.get(codes[0], NOTHING)
    return [one for code in codes for one in known.get(code, NOTHING)]


def in_force(versions: Iterable[Version], day: date) -> list[Version]:
    """Return each set's newest version that applies on a day."""
    newest: dict[UUID, Version] = {}
    for version in versions:
        other = newest.get(version.set_id)
        if version.effective_from <= day and (
            other is None or (version.effective_from, version.number) > (other.effective_from, other.number)
        ):
            newest[version.set_id] = version
    return list(newest.values())


async def gather(
    uow: UnitOfWork,
    organization_id: UUID,
    user_ids: Sequence[UUID] | None = None,
    *,
    on: date | None = None,
    draft: tuple[UUID, date] | None = None,
    equivalences: Sequence[tuple[str, str]] | None = None,
) -> Facts:
    """Read what the statuses of an organisation's people depend on; `on` is another day than today.

    `draft` is a version that is not published, as if it were from a day on. `equivalences` (a code, the code that it
    satisfies) stand in place of those that are written.
    """
    async with uow.elevated():
        people = await _people(uow, organization_id, user_ids, on)
        versions = await _versions(uow, organization_id, draft, equivalences)
        users = [person.user_id for person in people]
        codes = sorted({code for version in versions for demand in version.demands for code in demand.codes})
        asked = {"users": users, "codes": codes, "now": uow.clock.now(), "organization": organization_id}
        proofs: dict[UUID, dict[str, list[Proof]]] = defaultdict(dict)
        bookings: dict[UUID, dict[str, list[Booking]]] = defaultdict(dict)
        exemptions: dict[tuple[UUID, str], Waiver] = {}
        if users and codes:
            found = _proofs.decode((await uow.sql(_PROOFS, **asked))[0]["proofs"])
            for user, code, certificate, kind, obtained_on, until, minutes in found:
                proofs[user].setdefault(code, []).append(Proof(certificate, kind, obtained_on, until, minutes))
            for row in await uow.sql(_BOOKINGS, **asked):
                bookings[row["user_id"]].setdefault(row["code"], []).append(Booking(row["id"], row["starts_on"]))
            for row in await uow.sql(_EXEMPTIONS, **asked):
                exemptions[row["user_id"], row["key"]] = Waiver(row["id"], row["until"])
    return Facts(people, versions, proofs, bookings, exemptions)


async def _people(
    uow: UnitOfWork, organization_id: UUID, user_ids: Sequence[UUID] | None, on: date | None
) -> list[Person]:
    now, days = uow.clock.now(), dict[str, date]()
    users = None if user_ids is None else list(user_ids)
    people: list[Person] = []
    for row in await uow.sql(_PEOPLE, organization=organization_id, users=users):
        zone = row.pop("time_zone")
        if zone not in days:
            days[zone] = on or local_day(now, zone)
        people.append(Person(**row, today=days[zone]))
    return people


def local_day(now: datetime, zone: str = DEFAULT_ZONE) -> date:
    """Return the day that it is in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


async def _versions(
    uow: UnitOfWork,
    organization_id: UUID,
    draft: tuple[UUID, date] | None,
    equivalences: Sequence[tuple[str, str]] | None,
) -> list[Version]:
    equals: dict[str, set[str]] = defaultdict(set)
    if equivalences is None:
        rows = await uow.sql(_EQUIVALENCES, organization=organization_id)
        equivalences = [(row["code"], row["satisfies_code"]) for row in rows]
    for code, satisfies in equivalences:
        equals[satisfies].add(code)
    versions: dict[UUID, Version] = {}
    rows = await uow.sql(_RULES, organization=organization_id, draft=draft[0] if draft else None)
    for row in rows:
        version = versions.get(row["version_id"])
        if version is None:
            since = draft[1] if draft and row["version_id"] == draft[0] else row["effective_from"]
            version = versions[row["version_id"]] = Version(
                row["version_id"],
                row["set_id"],
                row["version"],
                since,
                row["job_role_id"],
                row["site_id"],
                row["contractor_type"],
            )
        version.demands.append(_demand(row, equals))
    return list(versions.values())


def _demand(row: dict[str, Any], equals: dict[str, set[str]]) -> Demand:
    codes = dict.fromkeys(row["codes"]) | dict.fromkeys(
        other for code in row["codes"] for other in sorted(equals.get(code, ()))
    )
    rule = Rule(
        row["months"],
        row["anchor"],
        row["window_months"],
        row["recency_months"],
        row["hours_per_period"],
        row["period_months"],
    )
    return Demand(row["key"], row["title"], row["title_en"], tuple(codes), rule, row["position"])
