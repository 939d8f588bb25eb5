"""What passwords, sessions and proofs of identity take and give."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import EmailStr, Field, SecretStr, StringConstraints

from pygmalion_app.core.schemas import Command, View

Typed = Annotated[SecretStr, Field(max_length=200)]
"""A password as somebody typed it, right or wrong."""
Token = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Reauthenticate(Command):
    """Prove once more who one is; the password may be left out by those who never set one."""

    password: Typed = SecretStr("")


class ChangePassword(Command):
    """Set another password; the current one may be left out within ten minutes of a proof of who one is."""

    current_password: Typed | None = None
    new_password: Typed


class AskPasswordReset(Command):
    """Have a link to a new password mailed."""

    email: EmailStr


class ResetPassword(Command):
    """Set a new password with the mailed link's token."""

    token: Token
    password: Typed


class ChangeEmail(Command):
    """Move the account to another address."""

    email: EmailStr


class ConfirmEmailChange(Command):
    """Prove the new address with the code mailed to it."""

    change_id: UUID
    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{6}$")]


class UndoEmailChange(Command):
    """Put the former address back with the token mailed to it."""

    token: Token


class EmailChangeView(View):
    """A code is on its way to the new address."""

    change_id: UUID
    expires_at: datetime


class DeviceView(View):
    """One of a person's sessions: a browser, or a client of the API."""

    id: UUID
    kind: str
    """`browser` or `api`."""
    browser: str
    """Its name, empty where it is not known."""
    system: str
    address: str
    method: str
    signed_in_at: datetime
    last_seen_at: datetime
    """Browsers: to about five minutes; API clients: their last refresh."""
    current: bool
