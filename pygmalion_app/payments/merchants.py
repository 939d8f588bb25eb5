"""Training organisations' accounts at the gateway: opened, completed on the gateway's own pages, and read again.

The gateway is never called while a transaction is open. What it says of an account is always read from it, never taken
from an event: events of one account carry no order, and an old one must not bring back what has changed since.
"""

from typing import LiteralString
from uuid import UUID

from pygmalion_app.accounts.reauthentication import require_recent
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.gateway import MerchantAccount
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork, container, unit_of_work
from pygmalion_app.kyc.queries import is_verified, require_verified
from pygmalion_app.payments.errors import SellerNotReadyError
from pygmalion_app.payments.payout_schemas import AccountState, MerchantView

_ORGANIZATION: LiteralString = """
SELECT o.country, o.contact_email, u.email AS own_email, m.account_id FROM organizations o
JOIN users u ON u.id = %(user)s LEFT JOIN merchant_accounts m ON m.organization_id = o.id
WHERE o.id = %(id)s AND o.kind = 'training'
"""
_KEEP: LiteralString = """
INSERT INTO merchant_accounts (organization_id, account_id, details_submitted, charges_enabled, payouts_enabled,
  requirements, opened_at)
VALUES (%(id)s, %(account)s, false, false, false, '{}', %(now)s) ON CONFLICT DO NOTHING RETURNING account_id
"""
_UPDATE: LiteralString = """
UPDATE merchant_accounts SET details_submitted = %(details)s, charges_enabled = %(charges)s,
  payouts_enabled = %(payouts)s, requirements = %(requirements)s, read_at = %(now)s WHERE account_id = %(account)s
RETURNING organization_id
"""
_READY: LiteralString = "SELECT merchant_account(%(id)s) AS account_id"


async def start_onboarding(actor: Actor, organization_id: UUID, locale: str) -> str:
    """Return where the organisation completes its account, opening it first where there is none.

    Asks for a recent proof of who one is, as bank details are changed there. Killed anywhere, calling again leads to
    the same account. Raises OrganizationNotVerifiedError, ReauthenticationRequiredError, UnavailableError.
    """
    async with unit_of_work(actor) as uow:
        actor.require(Permission.PAYOUT_MANAGE, organization_id)
        require_recent(uow)
        await require_verified(uow, organization_id)
        rows = await uow.sql(_ORGANIZATION, id=organization_id, user=actor.require_user())
        if not rows:
            raise NotFoundError(organization=str(organization_id))
        found = rows[0]
    account_id = found["account_id"] or await _open(
        actor, organization_id, found["contact_email"] or found["own_email"], found["country"]
    )
    back = f"{uow.settings.base_url}{address('organization-payments', locale)}"
    return await uow.ports.merchants.onboarding_link(
        account_id, return_url=f"{back}?account=back", refresh_url=f"{back}?account=again"
    )


async def _open(actor: Actor, organization_id: UUID, email: str, country: str) -> str:
    account_id = await container().ports.merchants.open_account(
        str(organization_id), email, country, idempotency_key=f"merchant:{organization_id}"
    )
    async with unit_of_work(actor, elevated=True) as uow:
        if await uow.sql(_KEEP, id=organization_id, account=account_id, now=uow.clock.now()):
            await audit.record(
                uow, "merchant_account.opened", subject_id=organization_id, organization_id=organization_id
            )
    return account_id


async def refresh(account_id: str) -> None:
    """Ask the gateway how an account stands and keep it. The caller has checked the actor. Raises UnavailableError."""
    found = await container().ports.merchants.read_account(account_id)
    async with unit_of_work(SYSTEM) as uow:
        await keep(uow, found)


async def refresh_of(actor: Actor, organization_id: UUID) -> None:
    """Ask how an organisation's account stands, for somebody who comes back from the gateway's pages."""
    async with unit_of_work(actor) as uow:
        actor.require(Permission.PAYOUT_MANAGE, organization_id)
        rows = await uow.sql(
            "SELECT account_id FROM merchant_accounts WHERE organization_id = %(id)s", id=organization_id
        )
    if rows:
        await refresh(rows[0]["account_id"])


async def keep(uow: UnitOfWork, found: MerchantAccount) -> None:
    """Keep how an account stands."""
    await uow.sql(
        _UPDATE,
        account=found.id,
        details=found.details_submitted,
        charges=found.charges_enabled,
        payouts=found.payouts_enabled,
        requirements=list(found.requirements),
        now=uow.clock.now(),
    )


async def account_of(uow: UnitOfWork, organization_id: UUID) -> MerchantView:
    """Return how far an organisation's account is, to those who are paid by it."""
    uow.actor.require(Permission.PAYOUT_MANAGE, organization_id)
    rows = await uow.sql("SELECT * FROM merchant_accounts WHERE organization_id = %(id)s", id=organization_id)
    verified = await is_verified(uow, organization_id)
    if not rows:
        return MerchantView(state=AccountState.NONE, verified=verified)
    found = rows[0]
    if found["charges_enabled"] and found["payouts_enabled"]:
        state = AccountState.READY
    else:
        waits = found["details_submitted"] and not found["requirements"]
        state = AccountState.REVIEW if waits else AccountState.INCOMPLETE
    return MerchantView(state=state, requirements=tuple(found["requirements"]), verified=verified)


async def ready_account(uow: UnitOfWork, organization_id: UUID) -> str | None:
    """Return the account in whose name an organisation's sales are charged, None while it has none that is ready.

    For everybody: whoever pays needs it, and sees no more of it.
    """
    return (await uow.sql(_READY, id=organization_id))[0]["account_id"]


async def require_seller(uow: UnitOfWork, organization_id: UUID) -> None:
    """Raise SellerNotReadyError where a sale could not be charged.

    The embedded gateway takes money for anybody, and keeps it on the platform's balance until they have an account.
    """
    if not uow.settings.testmode_payments and await ready_account(uow, organization_id) is None:
        raise SellerNotReadyError(organization=str(organization_id))
