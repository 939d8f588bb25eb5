"""What accounts hold on people: who they are, how they prove it, and from where they signed in."""

from typing import LiteralString

from pygmalion_app.core.ids import new_token
from pygmalion_app.core.privacy import (
    Blocker,
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

_DAY, _MONTH = Period(days=1), Period(days=30)

_OWN: tuple[tuple[str, LiteralString], ...] = (
    ("account", "SELECT * FROM users WHERE id = %(user)s"),
    ("browser_sessions", "SELECT * FROM browser_sessions WHERE user_id = %(user)s ORDER BY created_at"),
    ("api_sessions", "SELECT * FROM token_families WHERE user_id = %(user)s ORDER BY created_at"),
    ("api_tokens", "SELECT * FROM refresh_tokens WHERE user_id = %(user)s ORDER BY created_at"),
    ("sign_in_attempts", "SELECT * FROM login_challenges WHERE user_id = %(user)s ORDER BY created_at"),
    ("sign_in_tickets", "SELECT * FROM sign_in_tickets WHERE user_id = %(user)s ORDER BY created_at"),
    ("authenticators", "SELECT * FROM totp_factors WHERE user_id = %(user)s ORDER BY created_at"),
    ("recovery_codes", "SELECT * FROM recovery_codes WHERE user_id = %(user)s ORDER BY created_at"),
    ("passkeys", "SELECT * FROM passkeys WHERE user_id = %(user)s ORDER BY created_at"),
    ("passkey_attempts", "SELECT * FROM passkey_challenges WHERE user_id = %(user)s ORDER BY created_at"),
    ("password_resets", "SELECT * FROM password_resets WHERE user_id = %(user)s ORDER BY created_at"),
    ("email_changes", "SELECT * FROM email_changes WHERE user_id = %(user)s ORDER BY created_at"),
    ("trusted_devices", "SELECT * FROM trusted_devices WHERE user_id = %(user)s ORDER BY created_at"),
)
_SECRETS = ("password_hash", "token_hash", "code_hash", "undo_hash", "sealed_secret", "challenge")
"""What would let somebody sign in is not given out, also not to its owner: it is of use to a thief only."""

# Those that refer to others first.
_GONE_AT_ONCE: tuple[LiteralString, ...] = (
    "DELETE FROM passkey_challenges WHERE user_id = %(user)s",
    "DELETE FROM login_challenges WHERE user_id = %(user)s",
    "DELETE FROM sign_in_tickets WHERE user_id = %(user)s",
    "DELETE FROM browser_sessions WHERE user_id = %(user)s",
    "DELETE FROM refresh_tokens WHERE user_id = %(user)s",
    "DELETE FROM token_families WHERE user_id = %(user)s",
    "DELETE FROM password_resets WHERE user_id = %(user)s",
    "DELETE FROM email_changes WHERE user_id = %(user)s",
    "DELETE FROM totp_factors WHERE user_id = %(user)s",
    "DELETE FROM recovery_codes WHERE user_id = %(user)s",
    "DELETE FROM passkeys WHERE user_id = %(user)s",
    "DELETE FROM trusted_devices WHERE user_id = %(user)s",
)
_PSEUDONYM_BYTES = 12


async def _export(uow: UnitOfWork, person: Person) -> Held:
    held = {name: await records(uow, query, person, hide=_SECRETS) for name, query in _OWN}
    for attempt in held["sign_in_attempts"]:
        # A registration that waits for its code: the names are the person's, the password's hash is a secret.
        attempt["pending"] = {name: value for name, value in attempt["pending"].items() if name not in _SECRETS}
    return Held(held)


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    """Take away every way in, and put a random name, which leads nowhere, in the place of the person's."""
    await erase_rows(uow, person, *_GONE_AT_ONCE)
    pseudonym = new_token(_PSEUDONYM_BYTES).lower()
    await uow.sql(
        "UPDATE users SET email = %(email)s, first_name = '', last_name = %(name)s, phone = NULL, job_title = NULL,"
        " password_hash = NULL, status = 'unverified', email_verified_at = NULL, is_platform_admin = false,"
        " locale = 'fr' WHERE id = %(id)s",
        id=person.id,
        email=f"{pseudonym}@erased.invalid",
        name=f"#{pseudonym[:6]}",
    )


async def _blockers(uow: UnitOfWork, person: Person) -> list[Blocker]:
    (found,) = await uow.sql(
        "SELECT bool_or(id = %(user)s) AS is_admin, count(*) AS admins FROM users WHERE is_platform_admin",
        user=person.id,
    )
    return [Blocker("last_platform_admin")] if found["is_admin"] and found["admins"] == 1 else []


register(
    Holder(
        area="account",
        export=_export,
        erase=_erase,
        blockers=_blockers,
        rules=(
            Rule("passkey_attempts", _DAY, forgets("DELETE FROM passkey_challenges WHERE expires_at < %(before)s")),
            Rule("sign_in_attempts", _DAY, forgets("DELETE FROM login_challenges WHERE expires_at < %(before)s")),
            Rule("password_resets", _DAY, forgets("DELETE FROM password_resets WHERE expires_at < %(before)s")),
            Rule("email_changes", _MONTH, forgets("DELETE FROM email_changes WHERE expires_at < %(before)s")),
            Rule("sign_in_tickets", _DAY, forgets("DELETE FROM sign_in_tickets WHERE expires_at < %(before)s")),
            Rule(
                "browser_sessions",
                _MONTH,
                forgets("DELETE FROM browser_sessions WHERE least(expires_at, revoked_at) < %(before)s"),
            ),
            Rule("api_tokens", _MONTH, forgets("DELETE FROM refresh_tokens WHERE expires_at < %(before)s")),
            Rule(
                "api_sessions",
                _MONTH,
                forgets(
                    "DELETE FROM token_families f WHERE f.expires_at < %(before)s"
                    " AND NOT EXISTS (SELECT FROM refresh_tokens t WHERE t.family_id = f.id)"
                ),
            ),
            Rule(
                "trusted_devices",
                _MONTH,
                forgets("DELETE FROM trusted_devices WHERE least(expires_at, revoked_at) < %(before)s"),
            ),
            Rule(
                "unconfirmed_authenticators",
                _DAY,
                forgets("DELETE FROM totp_factors WHERE confirmed_at IS NULL AND created_at < %(before)s"),
            ),
        ),
    )
)
