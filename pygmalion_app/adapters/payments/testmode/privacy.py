"""What the embedded gateway holds on people, as a payment provider would on its own side."""

from typing import LiteralString

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

_THIRTEEN_MONTHS = Period(months=13)
_CHECKOUTS: LiteralString = """
FROM testmode_checkouts c WHERE lower(c.request ->> 'customer_email') = lower(%(email)s)
  OR c.request ->> 'reference' IN (SELECT p.id::text FROM payments p WHERE p.payer_user_id = %(user)s)
"""
_OWN_CHECKOUTS: LiteralString = "SELECT c.checkout_id " + _CHECKOUTS
_OWN_EVENTS: LiteralString = (
    "EXISTS (SELECT FROM (" + _OWN_CHECKOUTS + ") AS o WHERE strpos(e.payload, o.checkout_id) > 0)"
)
_EVENTS: LiteralString = (
    "FROM testmode_events e WHERE strpos(lower(e.payload), lower('\"' || %(email)s || '\"')) > 0 OR " + _OWN_EVENTS
)
# Their payments and saved cards, what hangs on these (refunds, disputes), and an account under their address.
_IN_PAYMENTS: LiteralString = (
    "#>> '{metadata,payment_id}' IN (SELECT p.id::text FROM payments p WHERE p.payer_user_id = %(user)s)"
)
_OBJECTS: LiteralString = f"""
FROM testmode_objects c WHERE lower(c.body ->> 'email') = lower(%(email)s) OR c.body {_IN_PAYMENTS}
  OR c.parent IN (SELECT o.object_id FROM testmode_objects o WHERE o.body {_IN_PAYMENTS})
  OR c.parent IN ({_OWN_CHECKOUTS})
"""  # noqa: S608 - constants


async def _export(uow: UnitOfWork, person: Person) -> Held:
    checkouts = await records(uow, "SELECT c.* " + _CHECKOUTS, person)
    events = await records(uow, "SELECT e.* " + _EVENTS, person)
    objects = await records(uow, "SELECT c.* " + _OBJECTS, person)
    return Held({"checkouts": checkouts, "events": events, "objects": objects})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    # Events and objects first: they are found through their checkouts.
    await erase_rows(uow, person, "DELETE " + _EVENTS, "DELETE " + _OBJECTS, "DELETE " + _CHECKOUTS)


register(
    Holder(
        area="test_payments",
        export=_export,
        erase=_erase,
        rules=(
            Rule(
                "test_checkouts",
                _THIRTEEN_MONTHS,
                forgets("DELETE FROM testmode_checkouts WHERE created_at < %(before)s"),
            ),
            Rule(
                "test_objects",
                _THIRTEEN_MONTHS,
                forgets("DELETE FROM testmode_objects WHERE created_at < %(before)s AND kind <> 'account'"),
            ),
            Rule("test_events", _THIRTEEN_MONTHS, forgets("DELETE FROM testmode_events WHERE created_at < %(before)s")),
        ),
    )
)
