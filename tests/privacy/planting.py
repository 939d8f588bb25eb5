"""Plants a recognisable text in every column of every table for one person, whatever tables there are.

A new table is planted by itself: its text, JSON and binary columns get the canary, its keys lead to the person and to
the rows planted before. Only what a constraint asks for is written down here.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Table
from sqlalchemy.dialects.postgresql import CITEXT, JSONB, TSVECTOR, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import JSON, BigInteger, Boolean, Date, DateTime, Integer, LargeBinary, Numeric, String, Uuid
from sqlmodel.sql.sqltypes import AutoString

from pygmalion_app.bootstrap import metadata
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.ids import new_id
from pygmalion_app.sso.models import SsoConnection
from tests.cast import Cast

CANARY, OTHER = "zq7canary", "zq7other"

NOT_PERSONAL = {
    "audit_events": "ids and enumerations only; `audit.record` refuses text",
    "audit_queue": "emptied within each transaction",
    "audit_checkpoints": "numbers and hashes",
    "catalog_version": "one number",
    "certificate_batches": "roots and counts",
    "certificate_events": "ids and enumerations, which lead to a certificate without a name after an erasure",
    "certificate_campaigns": "a training organisation's work; who asked is an id",
    "certificate_campaign_items": "ids and enumerations; gone with their enrolment",
    "chain_operations": "calls to the contract: roots, numbers, the platform's own address",
    "chain_transactions": "signed calls: what is public on chain",
    "chain_readings": "what the contract said of its numbers: public on chain",
    "chain_watches": "the balance of the platform's own address",
    "compliance_standings": "a repetition of compliance_statuses, made and deleted with them",
    "compliance_queue": "ids of people to be computed again, emptied within seconds",
    "course_equivalences": "course types that stand for each other",
    "course_types": "courses as the profession knows them",
    "courses": "an organisation's offer",
    "credential_status_lists": "an organisation's lists",
    "credential_status_entries": "a certificate's place in a list, which says no more than the certificate",
    "course_documents": "what search knows of an offer",
    "search_words": "words of offers",
    "job_roles": "kinds of work in an organisation",
    "ledger_entries": "ids and enumerations; what they lead to is pseudonymous after an erasure",
    "ledger_lines": "accounts and amounts",
    "reconciliations": "figures of a day",
    "reconciliation_differences": "amounts; who resolved one is forgotten with an erasure",
    "organizations": "legal entities, with the address they publish",
    "cost_centers": "a company's accounts",
    "budget_charges": "a company's accounts; who charged an order is an id",
    "discount_codes": "an organisation's offer; who made one is an id",
    "requirement_sets": "an organisation's rules",
    "requirement_set_versions": "an organisation's rules; who published one is forgotten with an erasure",
    "requirements": "an organisation's rules",
    "sites": "an organisation's places",
    "tenant_sharings": "between organisations; who consented is forgotten with an erasure",
    "sessions": "an organisation's offer; its trainer is an id, which leads to a pseudonym after an erasure",
    "certificate_templates": "an organisation's documents, and who signs them in its name",
    "signing_keys": "keys of organisations and of the platform",
    "sso_connections": "an organisation's provider",
    "sso_domains": "an organisation's domains",
    "sso_domain_codes": "postmaster@ and the like; gone a day after the code",
    "merchant_accounts": "an organisation's account at the gateway",
    "payables": "dates of payments to organisations",
    "payouts": "amounts paid to organisations",
    "payout_items": "amounts, by the payments' ids",
    "transfers_back": "amounts taken back from organisations, by ids",
    "testmode_movements": "amounts, and the test gateway's own ids",
    "invoice_counters": "numbers",
    "job_failures": "error codes and places in the code, by the queue's numbers",
    "plan_progress": "figures of a search",
    "plan_shift_minimums": "numbers of people at a site",
    "retention_runs": "names of rules and counts",
    "erasure_requests": "a random id that leads nowhere once the account is erased, and dates",
}
"""Tables in which nobody is described, each with its reason."""


@dataclass
class Plant:
    """Where the canary stands."""

    user: UUID
    mark: str
    now: datetime
    payment: UUID = field(default_factory=new_id)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    """What was put into each `table.column` that got the mark."""

    @property
    def email(self) -> str:
        """The person's address, which holds the mark too."""
        return f"{self.mark}@test.example"


async def plant(
    session: AsyncSession, cast: Cast, person: Actor, mark: str, now: datetime, past_session: UUID
) -> Plant:
    """Plant one row of somebody in every table that may describe people, and the mark in their own."""
    assert person.user_id
    made = Plant(person.user_id, mark, now)
    connection = {"organization_id": cast.school, "issuer": "https://login.test", "client_id": "us", "secret": b"x"}
    await session.execute(insert(SsoConnection).values(**connection).on_conflict_do_nothing())
    world = {
        "organizations": cast.school,
        "courses": cast.course,
        "sessions": past_session,
        "sso_connections": cast.school,
    }
    for table in metadata().sorted_tables:
        if table.name in NOT_PERSONAL or table.name in {"users", "account_lifecycles"}:
            continue
        values = {column.name: _value(table, column, made, world) for column in table.columns if _wanted(column)}
        values |= _special(made).get(table.name, {})
        for name, value in values.items():
            if mark in str(value):
                made.columns[f"{table.name}.{name}"] = value
        made.rows[table.name] = values
        await session.execute(insert(table).values(**values))
    users = metadata().tables["users"]
    names = {name: f"{mark}-{name}" for name in ("first_name", "last_name", "phone", "job_title", "password_hash")}
    made.columns |= {f"users.{name}": value for name, value in names.items()} | {"users.email": made.email}
    await session.execute(users.update().where(users.c.id == made.user).values(email=made.email, **names))
    return made


def _wanted(column: Column[Any]) -> bool:
    return column.computed is None and not isinstance(column.type, TSVECTOR)


def _value(table: Table, column: Column[Any], made: Plant, world: dict[str, UUID]) -> object:
    for key in column.foreign_keys:
        target = key.column.table.name
        if target == "users":
            return made.user
        if target in world:
            return world[target]
        planted = made.rows.get(target)
        return planted[key.column.name] if planted else None
    allowed = _enumerated(table, column.name)
    if allowed:
        return allowed[0]
    return _by_type(table, column, made)


def _by_type(table: Table, column: Column[Any], made: Plant) -> object:  # noqa: C901, PLR0911 - a table of types
    text = f"{made.mark}-{table.name}-{column.name}"
    match column.type:
        case CITEXT():
            return made.email
        case JSONB() | JSON():
            return {"said": text}
        case ARRAY():
            return [text.encode()] if isinstance(column.type.item_type, LargeBinary) else [text]
        case LargeBinary():
            return text.encode()
        case DateTime():
            return made.now - timedelta(days=1)
        case Date():
            return made.now.date()
        case Uuid():
            return new_id()
        case Boolean():
            return True
        case Integer() | BigInteger() | Numeric():
            return 1
        case String() | AutoString():
            return text
        case other:
            raise TypeError(f"say what to plant in {table.name}.{column.name}, a {other!r}")


def _enumerated(table: Table, column: str) -> list[str]:
    """Return the values that a CHECK of the form `column IN ('a', 'b')` allows."""
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            found = re.fullmatch(rf"{column} IN \((.*)\)", str(constraint.sqltext))
            if found:
                return re.findall(r"'([^']*)'", found[1])
    return []


def _special(made: Plant) -> dict[str, dict[str, Any]]:
    """What constraints, and the links that are no foreign keys, ask for; and words that are the machine's own."""
    return {
        "orders": {
            "payment_method": "card",
            # The company's own reference.
            "purchase_order": "PO-77",
            "vat_regime": "standard_20",
            "currency": "EUR",
            "refund_tiers": [],
            "status": "CONFIRMED",
            "discount_cents": 0,
            "discount_code_id": None,
            "net_cents": 1,
            "vat_cents": 1,
            "total_cents": 2,
            "unit_price_cents": 1,
        },
        "enrollments": {"status": "COMPLETED", "cancelled_at": None},
        "disputes": {
            # The gateway's names for things.
            "gateway_id": f"dp_{made.payment}",
            "payment_intent": f"pi_{made.payment}",
            "currency": "EUR",
            "reason": "fraudulent",
            "evidence_locale": "fr",
        },
        "waiting_list_entries": {
            "status": "left",
            "held_seats": 0,
            "participants": [{"email": made.email, "firstName": f"{made.mark}-first", "lastName": "Test"}],
        },
        "payments": {
            "id": made.payment,
            "status": "succeeded",
            "refunded_cents": 0,
            "commission_cents": 0,
            "currency": "EUR",
            "description": "Sûreté",
        },
        "invoices": {
            "kind": "invoice",
            "payer": "user",
            "total_cents": 2,
            "prepaid_cents": 0,
            "vat_regime": "standard_20",
            "currency": "EUR",
            "sequence": made.payment.int % 1_000_000 + 1,
            "number": f"PYG-2026-{made.payment.int % 1_000_000:05d}",
            "locale": "fr",
            "file_key": f"invoices/{made.payment}.pdf",
            "sha256": None,
        },
        "refunds": {"payment_intent": "", "gateway_id": None, "key": str(made.payment), "reason": "cancelled"}
        | {"failure": None, "currency": "EUR", "status": "succeeded"},
        "ledger_exports": {"file_name": "x.csv", "locale": "fr"},
        "certificates": {
            "batch_id": None,
            "leaf_index": None,
            "token_id": None,
            "proof": None,
            "replaced_by": None,
            "corrects": None,
            "renews": None,
            "revoked_at": None,
            "revocation_reason": None,
            "erased_at": None,
            "number": f"PYG-2026-{made.mark[3:7].upper()}-0001",
            "content": {"holder": f"{made.mark}-holder", "locale": "fr"},
            "file_key": f"certificates/{made.mark}.pdf",
            "file_key_id": None,
            "file_wrapped_key": None,
            # Hashes, and a token that only its holder knows: what a certificate is, for good.
            **dict.fromkeys(("token_hash", "token_sealed", "salt", "commitment"), made.user.bytes * 2),
            **dict.fromkeys(("file_sha256", "credential_sha256"), made.payment.bytes * 2),
        },
        "plans": {"booked_at": None},
        "training_requests": {"user_ids": [made.user], "order_id": None, "payment_method": "card"},
        "external_certificates": {"organization_id": None, "type_code": None, "state": "refused"},
        # Hashes of what the person has in hand.
        "contracts": dict.fromkeys(("content_sha256", "file_sha256"), made.user.bytes * 2),
        "withdrawals": dict.fromkeys(("content_sha256", "file_sha256"), made.user.bytes * 2),
        "organization_members": {"role": "learner"},
        "kyc_cases": {"organization_id": None, "state": "approved"},
        "kyc_documents": {"organization_id": None},
        "kyc_transitions": {"organization_id": None},
        "outgoing_emails": {"to_address": made.email},
        "mailbox_messages": {"to_address": made.email},
        "testmode_checkouts": {"request": {"customer_email": made.email, "said": f"{made.mark}-checkout"}},
        "testmode_objects": {"body": {"email": made.email, "said": f"{made.mark}-object"}},
        "testmode_events": {"payload": f'{{"email": "{made.email}", "said": "{made.mark}-event"}}'},
        "webhook_events": {
            "id": f"evt_{made.payment}",
            "type": "checkout.session.completed",
            "effect": "applied",
            "account": None,
            "last_error": "busy",
            "fingerprint": made.payment.bytes * 2,
            "payload": {"payment_id": str(made.payment), "said": f"{made.mark}-webhook"},
        },
        "login_challenges": {"used_at": None},
        "privacy_exports": {"status": "ready"},
    }
