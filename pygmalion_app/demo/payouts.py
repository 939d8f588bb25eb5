"""The demonstration's training organisations are paid: complete test accounts, and payouts of what has taken place."""

from typing import Any

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.demo.ids import demo_id
from pygmalion_app.demo.people import Cast
from pygmalion_app.enrollments.payables import hand_over_changed
from pygmalion_app.payments import payouts

Row = dict[str, Any]


def account_rows(cast: Cast, verified: list[Row], container: Container) -> tuple[list[Row], list[Row]]:
    """Return the verified schools' accounts, as the test-mode gateway keeps them and as we do; none beside Stripe."""
    if not container.settings.testmode_payments:
        return [], []
    organizations = {row["organization_id"] for row in verified}
    schools = [row for row in cast.rows["organizations"] if row["kind"] == "training" and row["id"] in organizations]
    now = container.clock.now()
    theirs: list[Row] = []
    ours: list[Row] = []
    for school in schools:
        account = f"acct_test_{school['id'].hex[-18:]}"
        theirs.append(
            {
                "id": demo_id("testmode_object", account),
                "created_at": now,
                "object_id": account,
                "kind": "account",
                "body": _account(account, school, int(now.timestamp())),
                "own": {},
            }
        )
        ours.append(
            {
                "organization_id": school["id"],
                "account_id": account,
                **dict.fromkeys(("details_submitted", "charges_enabled", "payouts_enabled"), True),
                "requirements": [],
                "opened_at": now,
            }
        )
    return theirs, ours


def _account(account: str, school: Row, created: int) -> Row:
    return {
        "id": account,
        "object": "account",
        **dict.fromkeys(("details_submitted", "charges_enabled", "payouts_enabled"), True),
        "country": "FR",
        "created": created,
        "default_currency": "eur",
        "email": f"{school['slug']}@pygmalion.example",
        "metadata": {"organization_id": str(school["id"])},
        "requirements": {"currently_due": [], "disabled_reason": None, "past_due": []},
        "settings": {"payouts": {"schedule": {"interval": "manual"}}},
    }


async def pay_out(container: Container) -> None:
    """Have what the past sessions earned paid out, without waiting for the hourly jobs."""
    async with unit_of_work(SYSTEM, container) as uow:
        await hand_over_changed(uow)
        await payouts.run(uow)
