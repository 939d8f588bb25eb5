"""Two sides that have nothing to do with each other, each with a row in every table, marked with the side's name.

A side has a company (with a manager and a learner), a school (an admin and a trainer) and an airport (its manager). A
new table is planted by itself: its keys lead to the side's people and organisations; only what its constraints ask for
is written down here. The roles that tests speak of are `World.roles`; all but the stranger belong to the home side.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Table, insert, update
from sqlalchemy.dialects.postgresql import CITEXT, JSONB
from sqlalchemy.types import JSON, BigInteger, Boolean, Date, DateTime, Integer, LargeBinary, Numeric, Uuid

from pygmalion_app.bootstrap import metadata
from pygmalion_app.catalog.models import Course, CourseStatus
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.organizations.models import Organization, OrganizationKind
from pygmalion_app.sso.secrets import CLIENT_SECRET, seal
from tests.cast import add_course, add_organization, add_person, add_session

UNWALLED = {
    "audit_queue": "emptied within each transaction; who writes to it may not read it (tests/audit)",
    "audit_events": "append-only, and linked by its own trigger (tests/audit)",
    "audit_checkpoints": "numbers and hashes (tests/audit)",
    "catalog_version": "one number",
    "certificate_batches": "roots and counts, public on chain",
    "chain_operations": "calls to the contract, public on chain",
    "chain_transactions": "signed calls, public on chain",
    "chain_readings": "what the contract said of its numbers, public on chain",
    "chain_watches": "one row, for administrators (tests/certificates/test_chain_watch.py)",
    "course_types": "courses as the profession knows them",
    "course_documents": "what search shows of published courses",
    "search_words": "words of published courses",
    "ledger_entries": "refused without lines that balance (tests/payments/test_ledger.py)",
    "ledger_lines": "refused without an entry that balances (tests/payments/test_ledger.py)",
}
"""Tables that hold nobody's rows, or are walled in their own way: not planted."""

_WALLED_IN_THEIR_OWN_WAY = ("audit_", "ledger_", "chain_watches")
OPEN_TABLES = {name for name in UNWALLED if not name.startswith(_WALLED_IN_THEIR_OWN_WAY)} | {"alembic_version"}
"""Tables without row-level security; the job queue's (`procrastinate_*`) hold ids only and have none either."""


@dataclass
class Side:
    """One world's half. `rows` has the planted row of each table, `keys` its primary key."""

    name: str
    company: UUID
    school: UUID
    airport: UUID
    learner: Actor
    manager: Actor
    training_admin: Actor
    trainer: Actor
    airport_manager: Actor
    boss: Actor
    """Manages the company and administers the school: everything that this side's people may."""
    course: UUID
    draft: UUID
    session: UUID
    draft_session: UUID
    order: UUID = field(default_factory=new_id)
    enrollment: UUID = field(default_factory=new_id)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def marker(self) -> str:
        """What stands in this side's own texts, and in nobody else's."""
        return f"marker-{self.name}"

    def key(self, table: str) -> object:
        """Return the primary key of the row planted in a table."""
        return self.rows[table][primary_key(metadata().tables[table])]


@dataclass
class World:
    """Both sides, and the platform's administrator."""

    home: Side
    foreign: Side
    admin: Actor

    @property
    def roles(self) -> dict[str, Actor]:
        """Return the roles that call."""
        home = self.home
        return {
            "anonymous": ANONYMOUS,
            "learner": home.learner,
            "trainer": home.trainer,
            "training_admin": home.training_admin,
            "manager": home.manager,
            "airport_manager": home.airport_manager,
            "admin": self.admin,
            "stranger": self.foreign.boss,
        }


async def build(container: Container) -> World:
    """Write the world into the database."""
    async with unit_of_work(SYSTEM, container) as uow:
        world = World(await _side(uow, "home"), await _side(uow, "foreign"), await add_person(uow, "root", admin=True))
        for side in (world.home, world.foreign):
            await _plant(uow, side)
    return world


def primary_key(table: Table) -> str:
    """Return the name of a table's key."""
    return next(iter(table.primary_key.columns)).name


async def _side(uow: UnitOfWork, name: str) -> Side:
    company = await add_organization(uow, f"{name} company marker-{name}", OrganizationKind.COMPANY)
    airport = await add_organization(uow, f"{name} airport marker-{name}", OrganizationKind.AIRPORT)
    school = await add_organization(uow, f"{name} school", OrganizationKind.TRAINING)
    await uow.session.execute(
        update(Organization).where(Organization.id.in_((company, airport))).values(description=f"marker-{name}")  # pyright: ignore[reportAttributeAccessIssue]
    )
    trainer = await add_person(uow, f"{name}-trainer", (school, Role.TRAINER))
    course = await add_course(uow, school, f"{name} course")
    draft = await add_course(uow, school, f"{name} draft marker-{name}")
    session = await add_session(uow, course, school, trainer.user_id, in_days=30)
    await uow.session.execute(
        update(Course).where(Course.id == draft).values(status=CourseStatus.DRAFT, published_at=None)  # pyright: ignore[reportArgumentType]
    )
    side = Side(
        name=name,
        company=company,
        school=school,
        airport=airport,
        learner=await add_person(uow, f"{name}-learner", (company, Role.LEARNER)),
        manager=await add_person(uow, f"{name}-manager", (company, Role.MANAGER)),
        training_admin=await add_person(uow, f"{name}-admin", (school, Role.TRAINING_ADMIN)),
        trainer=trainer,
        airport_manager=await add_person(uow, f"{name}-airport", (airport, Role.AIRPORT_MANAGER)),
        boss=await add_person(uow, f"{name}-boss", (company, Role.MANAGER), (school, Role.TRAINING_ADMIN)),
        course=course,
        draft=draft,
        session=session,
        draft_session=await add_session(uow, draft, school, trainer.user_id, in_days=60),
    )
    users = metadata().tables["users"]
    await uow.session.execute(users.update().where(users.c.email.startswith(f"{name}-")).values(last_name=side.marker))
    return side


async def _plant(uow: UnitOfWork, side: Side) -> None:
    side.rows |= {
        "users": {"id": side.learner.user_id},
        "organizations": {"id": side.company},
        "courses": {"id": side.draft},
        "sessions": {"id": side.draft_session},
    }
    for table in metadata().sorted_tables:
        if table.name in UNWALLED or table.name in side.rows:
            continue
        values = {column.name: _value(table, column, side, uow) for column in table.columns if column.computed is None}
        values |= _special(side, uow).get(table.name, {})
        side.rows[table.name] = values
        await uow.session.execute(insert(table).values(**values))


_BUYERS = {"buyer_user_id", "payer_user_id", "invited_by", "submitted_by", "uploaded_by", "removed_by"}
_SELLERS = {"seller_organization_id", "payee_organization_id"}
_OF_SCHOOLS = {
    "certificate_templates",
    "courses",
    "sessions",
    "certificates",
    "certificate_campaigns",
    "certificate_campaign_items",
    "merchant_accounts",
    "payables",
    "payouts",
    "payout_items",
    "transfers_back",
    "attendance_marks",
    "surveys",
    "attendance_countersignatures",
}


def _value(table: Table, column: Column[Any], side: Side, uow: UnitOfWork) -> object:
    targets = {key.column.table.name for key in column.foreign_keys}
    if targets & {"users"} or column.name in {"user_id", *_BUYERS}:
        return (side.manager if column.name in _BUYERS else side.learner).user_id
    if column.name.endswith("organization_id"):
        return side.school if column.name in _SELLERS or table.name in _OF_SCHOOLS else side.company
    if targets & {"courses"}:
        return side.course
    if targets & {"sessions"}:
        return side.session
    for target in targets:
        return side.key(target) if target in side.rows else None
    allowed = _enumerated(table, column.name)
    return allowed[0] if allowed else _by_type(table, column, side, uow)


def _by_type(  # noqa: PLR0911 - one line a type
    table: Table, column: Column[Any], side: Side, uow: UnitOfWork
) -> object:
    text = f"{side.marker}-{table.name}-{column.name}"
    match column.type:
        case CITEXT():
            return f"{table.name}@{side.marker}.example"
        case JSONB() | JSON():
            return {"said": text}
        case ARRAY():
            return []
        case LargeBinary():
            return text.encode()
        case DateTime():
            return uow.clock.now() + timedelta(days=1)
        case Date():
            return uow.clock.now().date() + timedelta(days=90)
        case Uuid():
            return new_id()
        case Boolean():
            return True
        case Integer() | BigInteger() | Numeric():
            return 1
        case _:
            return text


def _enumerated(table: Table, column: str) -> list[str]:
    """Return the values that a CHECK of the form `column IN ('a', 'b')` allows."""
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            found = re.fullmatch(rf"{column} IN \((.*)\)", str(constraint.sqltext))
            if found:
                return re.findall(r"'([^']*)'", found[1])
    return []


def _special(side: Side, uow: UnitOfWork) -> dict[str, dict[str, Any]]:
    """Say what constraints ask for, and what makes the planted rows one story: a booking, paid, and completed."""
    nothing = dict.fromkeys(
        ("batch_id", "leaf_index", "token_id", "proof", "replaced_by", "revoked_at", "erased_at", "corrects", "renews")
    )
    later = uow.clock.now() + timedelta(days=900)
    certificate = {
        "id": str(new_id()),
        "number": f"PYG-2026-{side.name[:4].upper()}-0001",
        "holder": side.marker,
        **dict.fromkeys(("course", "courseEn", "category", "modality", "legalBasis", "organization"), side.name),
        **dict.fromkeys(("organizationSlug", "siret", "nda", "location", "language"), side.name),
        **dict.fromkeys(("startsOn", "endsOn", "completedOn", "issuedOn"), "2026-11-01"),
        "durationMinutes": 210,
        "validUntil": None,
        "locale": "fr",
    }
    words = {"locale": "fr", "title": side.marker, "buyer": side.marker, "closing": "", "sections": []}
    return {
        "organization_members": {"role": "learner", "user_id": side.boss.user_id, "organization_id": side.airport},
        "reviews": {"rating": 5, "comment": f"{side.name} liked it"},
        "orders": {
            "id": side.order,
            "payer": "company",
            "payment_method": "card",
            "vat_regime": "standard_20",
            "currency": "EUR",
            "status": "CONFIRMED",
            "quantity": 1,
            "discount_cents": 0,
            "refund_tiers": [],
            "hold_expires_at": uow.clock.now(),
            "net_cents": 1,
            "vat_cents": 1,
            "total_cents": 2,
            "unit_price_cents": 1,
            "withdrawal_ends_at": None,
            "closed_at": None,
        },
        "discount_codes": {"organization_id": side.school, "amount_cents": None, "valid_from": None},
        "enrollments": {
            "id": side.enrollment,
            "status": "CONFIRMED",
            "cancelled_at": None,
            "completed_at": None,
            "present": None,
        },
        "waiting_list_entries": {"held_seats": 0, "participants": [], "offered_at": None, "closed_at": None},
        "payments": {
            "reference": side.order,
            "mode": "payment",
            "status": "succeeded",
            "refunded_cents": 0,
            "commission_cents": 0,
            "third_party_cents": 0,
            "third_party_commission_cents": 0,
            "amount_cents": 2,
            "currency": "EUR",
        },
        "order_funding": {"subrogation": False, "credited_cents": 0, "commission_cents": 0, "decided_at": None},
        "invoices": {
            "kind": "invoice",
            "payer": "organization",
            "issuer_organization_id": side.school,
            "number": f"PYG-2026-{side.marker}",
            "order_id": side.order,
            "seller": {"name": side.marker},
            "buyer": {"name": side.marker},
            "lines": [],
            "details": {},
            "total_cents": 2,
            "prepaid_cents": 0,
            "vat_regime": "standard_20",
            "currency": "EUR",
            "file_key": None,
            "sha256": None,
        },
        "attendance_countersignatures": {"user_id": side.trainer.user_id},
        "contracts": {"content": words, "file_key": None, "file_sha256": None},
        "withdrawals": {"content": words, "file_key": None, "file_sha256": None},
        "reconciliations": {"day": later.date() + timedelta(days=side.name == "home")},
        "certificates": {
            **nothing,
            "enrollment_id": side.enrollment,
            "revocation_reason": None,
            "number": certificate["number"],
            "content": certificate,
            "file_key": None,
            "commitment": None,
            "valid_until": later,
        },
        "certificate_events": {"lead_days": None},
        "cost_centers": {"year": later.year},
        "training_requests": {"user_ids": [side.learner.user_id], "order_id": None, "closed_at": None},
        "certificate_campaign_items": {"enrollment_id": side.enrollment, "failure": None},
        "external_certificates": {"type_code": None, "reason": None, "decided_at": None, "state": "waiting"},
        "certificate_templates": {"accent": "#b03a08", "logo": None, "logo_format": None},
        "transfers_back": {"dispute_id": None},
        "signing_keys": {"kind": "p256", "retired_at": None},
        # Members of the company have theirs already, by the trigger.
        "positions": {"user_id": side.trainer.user_id, "active_until": None},
        "tenant_sharings": {"airport_organization_id": side.airport},
        "requirement_sets": {"archived_at": None},
        "sites": {"archived_at": None},
        "requirements": {"codes": ["SUR-1126"]},
        "plans": {"booked_at": None},
        "course_equivalences": {"code": f"{side.name}-1", "satisfies_code": f"{side.name}-2"},
        "kyc_cases": {"user_id": None, "state": "submitted", "valid_until": later.date()},
        "kyc_documents": {"user_id": None, "kind": "registration"},
        "kyc_transitions": {"user_id": None},
        "organization_invitations": {
            **dict.fromkeys(("accepted_at", "declined_at", "withdrawn_at", "accepted_by", "batch_id")),
            "role": "learner",
        },
        "organization_removals": {"roles": ["learner"]},
        "sso_connections": {
            "issuer": "https://login.nowhere.example",
            "secret": seal(uow.settings, CLIENT_SECRET, side.company, side.marker),
        },
        "sso_domains": {"domain": f"{side.name}.example", "proven_at": None, "proven_by": None},
        "login_challenges": {"used_at": None},
        "notifications": {
            "kind": "certificate",
            "topic": "certificates",
            "facts": {"course": side.marker},
            "page": "certificates",
            "parameters": {},
            "read_at": None,
        },
        "token_families": {"revoked_at": None},
        "passkeys": {"transports": []},
        "risk_assessments": {"signals": [], "state": "open"},
        "account_lifecycles": {"erased_at": None},
    }
