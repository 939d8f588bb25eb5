"""What anchoring last knew of the chain: whether it answers, and whether the signer's account can pay."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func, or_, update
from sqlmodel import col

from pygmalion_app.certificates import alarms
from pygmalion_app.certificates.models import ChainWatch
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ports import SignerState
from pygmalion_app.core.unit_of_work import Container, unit_of_work

WEI = Decimal(10**18)
_FRESH = timedelta(seconds=15)
_LONGEST_FAILURE = 200


async def succeeded(parts: Container, signer: SignerState) -> None:
    """A sweep got through. Written down some times a minute only."""
    now = parts.clock.now()
    known_already = (col(ChainWatch.failing_since).is_(None)) & (col(ChainWatch.swept_at) > now - _FRESH)
    async with unit_of_work(SYSTEM, parts) as uow:
        await uow.session.execute(
            update(ChainWatch)
            .where(or_(col(ChainWatch.swept_at).is_(None), ~known_already))
            .values(
                swept_at=now,
                failing_since=None,
                failure=None,
                chain_id=signer.chain_id,
                signer=signer.address,
            )
        )


async def failed(parts: Container, why: str) -> None:
    """No sweep gets through: since when is kept, and the latest reason."""
    now = parts.clock.now()
    async with unit_of_work(SYSTEM, parts) as uow:
        await uow.session.execute(
            update(ChainWatch).values(
                failing_since=func.coalesce(col(ChainWatch.failing_since), now),
                failure=why[:_LONGEST_FAILURE],
            )
        )


async def look_at_balance(parts: Container) -> None:
    """Note the signer's balance; the administrators are told once each time that it falls below the threshold."""
    seen = await parts.ports.chain.overview()
    if seen.balance_wei is None or seen.network is None or not seen.signer:
        return
    balance = seen.balance_wei / WEI
    async with unit_of_work(SYSTEM, parts) as uow:
        now, low = uow.clock.now(), balance < uow.settings.chain_low_balance
        await uow.session.execute(update(ChainWatch).values(balance_wei=seen.balance_wei, balance_at=now))
        if not low:
            await uow.session.execute(update(ChainWatch).values(low_since=None))
            return
        newly = await uow.session.execute(
            update(ChainWatch)
            .where(col(ChainWatch.low_since).is_(None))
            .values(low_since=now)
            .returning(col(ChainWatch.id))
        )
        if newly.first() is not None:
            await alarms.low_balance(uow, seen.signer, balance, seen.network.currency)
