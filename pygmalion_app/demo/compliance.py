"""Who holds what in the demonstration: rules of the profession, positions, and certificates of every standing."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from typing import Any, Final, LiteralString
from uuid import UUID

from sqlalchemy import insert, select
from sqlmodel import col

from pygmalion_app.certificates import external
from pygmalion_app.certificates.life_models import ExternalCertificate, ExternalState
from pygmalion_app.certificates.validity import last_valid_day
from pygmalion_app.compliance import exemptions, rule_seeds, rules, tenants, workplace
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import Requirement, RequirementSet
from pygmalion_app.compliance.professions import PROFESSIONS
from pygmalion_app.compliance.recompute import recompute
from pygmalion_app.compliance.rule_schemas import CreateSet, RequirementInput, WriteRequirements
from pygmalion_app.compliance.tenant_schemas import AskTenant
from pygmalion_app.compliance.workplace_schemas import ChangePositions, ExemptInput, SiteInput
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.demo.content import world
from pygmalion_app.demo.ids import demo_id, dice
from pygmalion_app.demo.people import Cast
from pygmalion_app.demo.verification import specimen

AIRPORT: Final = "aeroport-val-d-yerres"
TEAM: Final = "escale-services-paris"
LOOKED_AT: Final = (TEAM, AIRPORT, "vigilance-aeroport")
"""Organisations that somebody can sign in to: their people's certificates have files."""
_SITES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    TEAM: (("Roissy, terminal 2", "Europe/Paris"), ("Val d'Yerres", "Europe/Paris"), ("Gillot", "Indian/Reunion")),
    AIRPORT: (("Piste", "Europe/Paris"), ("Aérogare", "Europe/Paris")),
    "vigilance-aeroport": (("Postes d'inspection", "Europe/Paris"),),
}
_RULES: Final[dict[str, dict[str, Any]]] = {"SUR-1128": {"months": 60}, "SST": {"months": 24}}
_SPREAD: Final = (0, 0, 0, 1, 1, 2)
# What the house asks of everybody, whatever their work.
_EVERYBODY: Final = {TEAM: ("SUR-1128", "SST"), AIRPORT: ("SUR-1128",), "vigilance-aeroport": ("SUR-1128", "SST")}
# Tenant -> whether it shows names to the airport; the last one was asked and has not answered.
_SHARES: Final = {TEAM: True, "vigilance-aeroport": True, "transfret-europe": False, "hangar-sud-maintenance": False}
_ASKED: Final = "air-caravelle"
_IN_FORCE_DAYS: Final = 240
_ISSUER: Final = "Centre aéroportuaire de formation"
# Days that are left of what people hold, in turn: most for long, some weeks, some past; None never held it.
_TURN: Final = (400, 260, 30, 520, 330, -40, 180, 610, None, 290, 12, 450, 350, -7, 560, 240)
# The same for what is booked: a renewal in good time, one that is late, a first time.
_BOOKED_TURN: Final = (300, None, 420, 50, 260, -15, 350)

_BEFORE: LiteralString = """
UPDATE requirement_set_versions SET effective_from = %(day)s, published_at = %(at)s
WHERE organization_id = %(organization)s AND published_at IS NOT NULL
"""
_NEVER_HELD: LiteralString = """
SELECT user_id, requirement_key FROM compliance_statuses
WHERE organization_id = %(organization)s AND status = 'missing' ORDER BY user_id, requirement_key LIMIT 1
"""
_ASKED_OF: LiteralString = """
SELECT p.user_id, r.key, r.title, r.codes, r.months, r.anchor, EXISTS (SELECT FROM enrollments e
    JOIN courses k ON k.id = e.course_id WHERE e.user_id = p.user_id AND e.status = 'CONFIRMED'
    AND k.type_code = ANY (r.codes)) AS booked
FROM positions p
JOIN requirement_sets s ON s.organization_id = p.organization_id
  AND (s.job_role_id IS NULL OR s.job_role_id = p.job_role_id)
JOIN requirement_set_versions v ON v.set_id = s.id AND v.published_at IS NOT NULL
JOIN requirements r ON r.version_id = v.id WHERE p.organization_id = %(organization)s
ORDER BY p.user_id, r.position
"""


@dataclass(frozen=True, slots=True)
class _Held:
    """What somebody obtained elsewhere."""

    user_id: UUID
    code: str
    title: str
    obtained_on: date
    until: date | None


async def comply(container: Container, cast: Cast) -> None:
    """Give every company rules, sites and people who hold most of what is asked, and let some share with the airport.

    Its jobs run later too; computed here, the first look finds everything.
    """
    today = local_day(container.clock.now())
    for entry in world()["companies"]:
        organization_id = demo_id("organization", entry["slug"])
        async with unit_of_work(SYSTEM, container) as uow:
            await _rules(uow, entry, organization_id, today)
            held = _chosen(await uow.sql(_ASKED_OF, organization=organization_id), cast.accounts["learner"], today)
            await _keep(uow, cast, entry["slug"], held)
    async with unit_of_work(SYSTEM, container) as uow:
        for entry in world()["companies"]:
            await recompute(uow, demo_id("organization", entry["slug"]))
        await _details(uow, today)
        await recompute(uow, demo_id("organization", TEAM))


async def _rules(uow: UnitOfWork, entry: dict[str, Any], organization_id: UUID, today: date) -> None:
    profession = next(key for key, name in PROFESSIONS.items() if name == entry["trade"])
    await rule_seeds.from_profession(uow, organization_id, profession)
    if codes := _EVERYBODY.get(entry["slug"]):
        made = await rules.create(uow, organization_id, CreateSet(name="Tout le personnel"))
        wanted = [RequirementInput(codes=[code], **_RULES[code]) for code in codes]
        await rules.write(uow, made.versions[0].id, WriteRequirements(requirements=wanted))
        await rules.publish(uow, made.versions[0].id)
    since = timedelta(days=_IN_FORCE_DAYS)
    await uow.sql(_BEFORE, organization=organization_id, day=today - since, at=uow.clock.now() - since)
    people = [row["user_id"] for row in await _people(uow, organization_id)]
    for number, (name, zone) in enumerate(_SITES.get(entry["slug"], ())):
        ground = demo_id("organization", AIRPORT) if name in {"Val d'Yerres", "Postes d'inspection"} else None
        command = SiteInput(name=name, time_zone=zone, airport_organization_id=ground)
        site = await workplace.add_site(uow, organization_id, command)
        last = len(_SITES[entry["slug"]]) - 1
        here = [user for place, user in enumerate(people) if min(_SPREAD[place % len(_SPREAD)], last) == number]
        if here:
            await workplace.change_positions(uow, organization_id, ChangePositions(user_ids=here, site_id=site.id))
    if entry["slug"] == TEAM:
        hired = ChangePositions(user_ids=people[-2:], contractor_type="interim")
        await workplace.change_positions(uow, organization_id, hired)


async def _people(uow: UnitOfWork, organization_id: UUID) -> list[dict[str, Any]]:
    return await uow.sql(
        "SELECT user_id FROM positions WHERE organization_id = %(organization)s ORDER BY user_id",
        organization=organization_id,
    )


def _chosen(asked: list[dict[str, Any]], learner: UUID, today: date) -> list[_Held]:
    """Say in turn how each person stands; the learner has a history of her own."""
    held: list[_Held] = []
    turns = {False: cycle(_TURN), True: cycle(_BOOKED_TURN)}
    for row in asked:
        if row["user_id"] == learner or any(one.user_id == row["user_id"] and one.code in row["codes"] for one in held):
            continue
        left = next(turns[row["booked"]])
        if left is None:
            continue
        length = (row["months"] or 0) * 30
        chance = dice("held", row["user_id"], row["key"])
        # What lasts less than was said was obtained some days ago.
        age = max(length - left, chance.randint(5, 40)) if length else chance.randint(90, 900)
        obtained = today - timedelta(days=age)
        until = last_valid_day(obtained, row["months"], row["anchor"])
        held.append(_Held(row["user_id"], row["codes"][-1], row["title"], obtained, until))
    return held


@cache
def _paper(title: str) -> bytes:
    return specimen(title)


async def _keep(uow: UnitOfWork, cast: Cast, slug: str, held: list[_Held]) -> None:
    """Write what was obtained elsewhere, accepted; with its encrypted file where somebody may look at it."""
    papers = {one.title: _paper(one.title) for one in held} if slug in LOOKED_AT else {}
    rows: list[dict[str, Any]] = []
    for one in held:
        row_id, paper = demo_id("external", slug, one.user_id, one.code), papers.get(one.title, b"")
        sealed, wrapped = uow.settings.file_key_ring.seal(paper, external.belongs_to(one.user_id, row_id))
        if paper:
            await uow.ports.files.put(external.file_key(row_id), sealed)
        manager = cast.managers[slug]
        rows.append(
            {
                "id": row_id,
                "user_id": one.user_id,
                "organization_id": demo_id("organization", slug),
                "type_code": one.code,
                "title": one.title,
                "issuer": _ISSUER,
                "obtained_on": one.obtained_on,
                "valid_until": one.until,
                "file_name": f"{one.code}.jpg",
                "media_type": "image/jpeg",
                "size_bytes": len(paper),
                "pages": 1,
                "key_id": wrapped.key_id,
                "wrapped_key": wrapped.value,
                "stored_at": uow.clock.now(),
                "state": ExternalState.ACCEPTED,
                # Nobody checks their own.
                "decided_by": cast.accounts["admin"] if one.user_id == manager else manager,
                "decided_at": uow.clock.now(),
            }
        )
    if rows:
        await uow.session.execute(insert(ExternalCertificate), rows)


async def _details(uow: UnitOfWork, today: date) -> None:
    """An exemption, a draft to look at, and what the airport may see."""
    team, airport = demo_id("organization", TEAM), demo_id("organization", AIRPORT)
    piste = (
        await uow.session.execute(
            select(RequirementSet).where(
                col(RequirementSet.organization_id) == team, col(RequirementSet.name) == "Agent de piste"
            )
        )
    ).scalar_one()
    # Whoever never held something, and has nothing booked, is excused from it.
    rows = await uow.sql(_NEVER_HELD, organization=team)
    for row in rows:
        why = "Affectation au planning : n'exerce pas cette tâche."
        wanted = ExemptInput(
            user_id=row["user_id"],
            requirement_key=row["requirement_key"],
            reason=why,
            until=today + timedelta(days=400),
        )
        await exemptions.exempt(uow, team, wanted)
    draft = await rules.start_draft(uow, piste.id)
    before = (await uow.session.execute(select(Requirement).where(col(Requirement.version_id) == draft.id))).scalars()
    fields = set(RequirementInput.model_fields)
    kept = [RequirementInput(**row.model_dump(include=fields)) for row in sorted(before, key=lambda it: it.position)]
    more = RequirementInput(codes=["SUR-1128"], months=60)
    await rules.write(uow, draft.id, WriteRequirements(requirements=[*kept, more]))
    for slug, with_names in _SHARES.items():
        await tenants.consent(uow, demo_id("organization", slug), airport, with_names=with_names)
    asked = next(entry for entry in world()["companies"] if entry["slug"] == _ASKED)
    await tenants.ask(uow, airport, AskTenant(siret=asked["siret"]))
