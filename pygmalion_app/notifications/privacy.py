"""What messages hold on people: mails written to them, what they were told in the application, what rings for them."""

from pygmalion_app.core.privacy import (
    Ground,
    Held,
    Holder,
    Period,
    Person,
    Rule,
    erase_rows,
    forgets,
    records,
    register,
)
from pygmalion_app.core.unit_of_work import UnitOfWork


async def _export(uow: UnitOfWork, person: Person) -> Held:
    return Held(
        {
            "mails": await records(
                uow, "SELECT * FROM outgoing_emails WHERE lower(to_address) = lower(%(email)s)", person
            ),
            "notifications": await records(
                uow, "SELECT * FROM notifications WHERE user_id = %(user)s ORDER BY id", person
            ),
            "push_subscriptions": await records(
                uow, "SELECT * FROM push_subscriptions WHERE user_id = %(user)s ORDER BY id", person
            ),
            "notification_preferences": await records(
                uow, "SELECT * FROM notification_preferences WHERE user_id = %(user)s", person
            ),
        }
    )


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "DELETE FROM outgoing_emails WHERE lower(to_address) = lower(%(email)s)",
        "DELETE FROM notifications WHERE user_id = %(user)s",
        "DELETE FROM push_subscriptions WHERE user_id = %(user)s",
        "DELETE FROM notification_preferences WHERE user_id = %(user)s",
    )


register(
    Holder(
        area="mails",
        export=_export,
        erase=_erase,
        rules=(
            # Sent ones keep subject and address only; those that could not be sent keep their words no longer either.
            Rule("mails", Period(months=3), forgets("DELETE FROM outgoing_emails WHERE created_at < %(before)s")),
            Rule(
                "notifications", Period(months=12), forgets("DELETE FROM notifications WHERE created_at < %(before)s")
            ),
        ),
    )
)
