"""What single sign-on holds on people: as whom their organisation's provider knows them, and their last ways to it."""

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

_OWN: tuple[tuple[str, LiteralString], ...] = (
    (
        "single_sign_on_identities",
        """SELECT i.*, o.name AS organization FROM sso_identities i JOIN organizations o ON o.id = i.organization_id
        WHERE i.user_id = %(user)s ORDER BY i.created_at""",
    ),
    (
        "single_sign_on_attempts",
        "SELECT * FROM sso_attempts WHERE user_id = %(user)s ORDER BY created_at",
    ),
)
_SECRETS = ("state_hash", "browser_hash", "id_token")


async def _export(uow: UnitOfWork, person: Person) -> Held:
    return Held({name: await records(uow, query, person, hide=_SECRETS) for name, query in _OWN})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        """DELETE FROM sso_sessions s USING browser_sessions b
        WHERE b.id = s.browser_session_id AND b.user_id = %(user)s""",
        "DELETE FROM sso_attempts WHERE user_id = %(user)s",
        "DELETE FROM sso_identities WHERE user_id = %(user)s",
    )


register(
    Holder(
        area="sso",
        export=_export,
        erase=_erase,
        rules=(
            Rule(
                "sso-attempts",
                Period(days=1),
                forgets("DELETE FROM sso_attempts WHERE expires_at < %(before)s"),
            ),
        ),
    )
)
