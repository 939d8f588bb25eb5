"""The contract of a self-funded individual: shown in full, accepted, kept as a document (Code du travail L6353-3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import LOCALES, format_moment, supported, translate
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import discounts, kept_documents
from pygmalion_app.enrollments.contract_models import Contract
from pygmalion_app.enrollments.contract_text import ContractFacts, content_of, digest, paragraphs, stages_of
from pygmalion_app.enrollments.document.render import Letter
from pygmalion_app.enrollments.errors import ContractChangedError, ContractRequiredError
from pygmalion_app.enrollments.instalment_plan import FRENCH_HOLIDAYS, Plan, PlanRules, Training, payment_plan
from pygmalion_app.enrollments.models import Order, Payer
from pygmalion_app.enrollments.pricing import VAT_BASIS_POINTS, price_of
from pygmalion_app.enrollments.schemas import ContractView, PlaceOrder, Quote
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession

WRITE_CONTRACT_TASK = "enrollments.write_contract"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A contract whose very words the buyer has agreed to."""

    content: dict[str, Any]
    plan: Plan
    total_cents: int


def rules_of(settings: Settings) -> PlanRules:
    """Return what this platform has decided within the law."""
    return PlanRules(
        withdrawal_days=settings.withdrawal_days,
        time_zone=settings.withdrawal_time_zone,
        holidays=settings.public_holidays or FRENCH_HOLIDAYS,
        deposit_percent=settings.deposit_percent,
        stages=settings.balance_stages,
    )


async def contract(uow: UnitOfWork, session_id: UUID, locale: str, discount_code: str | None = None) -> ContractView:
    """Return the contract that the caller would agree to by ordering today, with the hash to order it by.

    Raises NotFoundError, DiscountRefusedError.
    """
    user_id = uow.actor.require_user()
    # The same as for a price: an unusable code is refused here, before anybody reads a contract with it.
    await discounts.quote(uow, Quote(session_id=session_id, discount_code=discount_code))
    facts = await _facts(uow, session_id, user_id, discount_code)
    content = content_of(facts, supported(locale))
    return ContractView(
        session_id=session_id,
        hash=digest(content).hex(),
        amount_cents=facts.price.total_cents,
        currency=facts.session.currency,
        withdrawal_ends_at=facts.plan.withdrawal_ends_at,
        **{name: content[name] for name in ("locale", "title", "sections")},
        stages=content["terms"]["stages"],
    )


async def require_accepted(uow: UnitOfWork, command: PlaceOrder, buyer_id: UUID) -> Accepted | None:
    """Return the contract that an individual's order accepts; None for a company, and where nothing is to be paid.

    Raises ContractRequiredError without an acceptance, ContractChangedError when other words were accepted than would
    be agreed on now.
    """
    if command.payer is not Payer.INDIVIDUAL:
        return None
    facts = await _facts(uow, command.session_id, buyer_id, command.discount_code)
    if facts.price.total_cents == 0:
        return None
    if not command.contract_accepted or command.contract_hash is None:
        raise ContractRequiredError(field="contract_accepted")
    for locale in LOCALES:
        content = content_of(facts, locale)
        if digest(content).hex() == command.contract_hash:
            return Accepted(content, facts.plan, facts.price.total_cents)
    raise ContractChangedError(field="contract_hash", session=str(command.session_id))


async def keep(uow: UnitOfWork, order: Order, accepted: Accepted) -> None:
    """Keep what was accepted with its order, in the order's transaction; its document is made by a job.

    Raises ContractChangedError when the price changed between the reading and the order.
    """
    if accepted.total_cents != order.total_cents:
        raise ContractChangedError(field="contract_hash", session=str(order.session_id))
    uow.session.add(
        Contract(
            order_id=order.id,
            buyer_user_id=order.buyer_user_id,
            seller_organization_id=order.seller_organization_id,
            content=accepted.content,
            content_sha256=digest(accepted.content),
            accepted_at=uow.clock.now(),
        )
    )
    await uow.session.flush()
    await uow.defer(WRITE_CONTRACT_TASK, order_id=str(order.id))


async def plan_of(uow: UnitOfWork, order: Order) -> Plan:
    """Return the payments of an individual's order: those of its contract, else as they would be agreed on that day.

    The caller is elevated or the system.
    """
    found = await kept_documents.of_order(uow, Contract, order.id)
    if found is not None and found.content is not None and order.withdrawal_ends_at is not None:
        return Plan(order.withdrawal_ends_at, stages_of(found.content))
    session = await uow.session.get_one(TrainingSession, order.session_id)
    training = Training(session.starts_at, session.ends_at, session.time_zone)
    return payment_plan(order.created_at, training, order.total_cents, rules_of(uow.settings))


async def agreed(uow: UnitOfWork, order: Order, locale: str = "fr") -> Accepted:
    """Return the contract of an order as it was to be read on the day of the order; the caller is the system."""
    facts = await _facts(uow, order.session_id, order.buyer_user_id, None, order.created_at)
    return Accepted(content_of(facts, supported(locale)), facts.plan, facts.price.total_cents)


async def document(uow: UnitOfWork, order_id: UUID) -> bytes:
    """Return the contract as PDF, to the buyer and to the training organisation; NotFoundError to anybody else."""
    return await kept_documents.read(uow, Contract, order_id, _letter)


async def write_document(order_id: UUID) -> None:
    """Make and store an accepted contract's PDF; repeating it makes the same one."""
    await kept_documents.write(Contract, order_id, _letter)


async def words_of(uow: UnitOfWork, order_id: UUID) -> tuple[list[str], str]:
    """Return a contract's words, for a mail, and when it was accepted; the caller is the system."""
    found = await kept_documents.of_order(uow, Contract, order_id)
    if found is None or found.content is None:
        raise NotFoundError(order=str(order_id))
    locale = str(found.content["locale"])
    return paragraphs(found.content), format_moment(locale, found.accepted_at, uow.settings.withdrawal_time_zone)


async def _facts(
    uow: UnitOfWork, session_id: UUID, buyer_id: UUID, discount_code: str | None, day: datetime | None = None
) -> ContractFacts:
    query = (
        select(TrainingSession, Course, Organization, User)
        .join(Course, col(Course.id) == col(TrainingSession.course_id))
        .join(Organization, col(Organization.id) == col(TrainingSession.organization_id))
        .join(User, col(User.id) == buyer_id)
        .where(col(TrainingSession.id) == session_id, col(Course.status) == "published")
    )
    row = (await uow.session.execute(query)).one_or_none()
    if row is None:
        raise NotFoundError(session=str(session_id))
    session, course, organization, buyer = row
    off = None
    if discount_code:
        async with uow.elevated():
            off = discounts.discount_of(await discounts.find(uow, organization.id, discount_code))
    price = price_of(session.price_cents, 1, VAT_BASIS_POINTS[organization.vat_regime], off)
    now, rules = day or uow.clock.now(), rules_of(uow.settings)
    training = Training(session.starts_at, session.ends_at, session.time_zone)
    return ContractFacts(
        buyer_name=f"{buyer.first_name} {buyer.last_name}",
        buyer_email=buyer.email,
        organization=organization,
        course=course,
        session=session,
        price=price,
        plan=payment_plan(now, training, price.total_cents, rules),
        rules=rules,
        now=now,
    )


def _letter(found: Contract, settings: Settings) -> Letter:
    content = found.content or {}
    locale, zone = str(content["locale"]), settings.withdrawal_time_zone
    return Letter(
        locale=locale,
        kicker=translate(locale, "contract-kicker"),
        title=str(content["title"]),
        author="Pygmalion",
        day=found.accepted_at.astimezone(ZoneInfo(zone)).date(),
        sections=content["sections"],
        closing=[
            translate(
                locale,
                "contract-closing-accepted",
                buyer=content["buyer"],
                local=format_moment(locale, found.accepted_at, zone),
                utc=format_moment(locale, found.accepted_at, "UTC"),
            ),
            translate(locale, "contract-closing-hash", hash=found.content_sha256.hex()),
        ],
        footer=translate(locale, "contract-footer", order=str(found.order_id)),
    )
