"""Consents: given and withdrawn as easily, each decision kept with the words it was about."""

from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.privacy.models import Consent, Purpose
from pygmalion_app.privacy.schemas import ConsentChange, ConsentView, DecideConsent

VERSIONS: Final[dict[Purpose, str]] = {Purpose.PRODUCT_NEWS: "2026-11", Purpose.TEAM_STATUS: "2026-11"}
"""Raise one when its words (`privacy-consent-<purpose>-text`) change in meaning: people are then asked anew."""


async def my_consents(uow: UnitOfWork) -> tuple[ConsentView, ...]:
    """Return where the caller stands on every purpose, with the history. NotAuthenticatedError for a stranger."""
    query = (
        select(Consent)
        .where(col(Consent.user_id) == uow.actor.require_user())
        .order_by(col(Consent.decided_at).desc(), col(Consent.id).desc())
    )
    decisions = (await uow.session.execute(query)).scalars().all()
    return tuple(_view(purpose, [row for row in decisions if row.purpose == purpose]) for purpose in Purpose)


async def decide(uow: UnitOfWork, command: DecideConsent) -> tuple[ConsentView, ...]:
    """Write a decision down; the same one on the same words again changes nothing.

    Raises InvalidInputError for words that are not those shown now.
    """
    user_id = uow.actor.require_user()
    version = VERSIONS[command.purpose]
    if command.version not in {None, version}:
        raise InvalidInputError(field="version")
    now_stands = next(view for view in await my_consents(uow) if view.purpose is command.purpose)
    unchanged = now_stands.decided_at is not None and now_stands.given == command.given
    if not (unchanged and now_stands.history[0].version == version):
        uow.session.add(
            Consent(
                user_id=user_id,
                purpose=command.purpose,
                version=version,
                given=command.given,
                decided_at=uow.clock.now(),
            )
        )
        await uow.session.flush()
        await audit.record(
            uow,
            "consent.given" if command.given else "consent.withdrawn",
            subject_id=user_id,
            facts={"purpose": command.purpose, "version": version},
        )
    return await my_consents(uow)


async def consents_to(uow: UnitOfWork, user_id: UUID, purpose: Purpose) -> bool:
    """Tell whether a person agrees to a purpose now, for services about to do something that needs it."""
    async with uow.elevated():
        query = (
            select(Consent)
            .where(col(Consent.user_id) == user_id, col(Consent.purpose) == purpose)
            .order_by(col(Consent.decided_at).desc(), col(Consent.id).desc())
            .limit(1)
        )
        newest = (await uow.session.execute(query)).scalar_one_or_none()
    return newest is not None and newest.given and newest.version == VERSIONS[purpose]


def _view(purpose: Purpose, decisions: list[Consent]) -> ConsentView:
    newest = decisions[0] if decisions else None
    return ConsentView(
        purpose=purpose,
        version=VERSIONS[purpose],
        given=newest is not None and newest.given and newest.version == VERSIONS[purpose],
        decided_at=newest.decided_at if newest else None,
        history=tuple(ConsentChange.model_validate(row) for row in decisions),
    )
