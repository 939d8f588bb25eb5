"""What the accounts feature takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, EmailStr, Field, SecretStr, StringConstraints

from pygmalion_app.core.schemas import Command, View


def _plain(name: str) -> str:
    """Refuse control characters: a name travels into mail headers, documents and exports."""
    if any(not character.isprintable() for character in name):
        message = "must not contain control characters"
        raise ValueError(message)
    return name


PersonName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_plain)
]
Password = Annotated[SecretStr, Field(min_length=12, max_length=200)]
Locale = Literal["fr", "en"]


class Register(Command):
    """Open an account."""

    email: EmailStr
    password: Password
    first_name: PersonName
    last_name: PersonName
    locale: Locale = "fr"


class Login(Command):
    """Start to sign in."""

    email: EmailStr
    password: Annotated[SecretStr, Field(max_length=200)]


class VerifyCode(Command):
    """Finish a sign-in with the code received by e-mail."""

    challenge_id: UUID
    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{6}$")]


class UpdateProfile(Command):
    """Change one's own profile; a field left out stays as it is."""

    first_name: PersonName | None = None
    last_name: PersonName | None = None
    phone: Annotated[str, StringConstraints(max_length=30, pattern=r"^[0-9 +().-]*$")] | None = None
    job_title: Annotated[str, StringConstraints(max_length=120)] | None = None
    locale: Locale | None = None


class ChallengeView(View):
    """A code is on its way; `methods` says by which means."""

    challenge_id: UUID
    methods: tuple[str, ...]
    expires_at: datetime


class TokensView(View):
    """API tokens; `expires_in` is the access token's life in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: str = "Bearer"  # noqa: S105 - a scheme, not a secret


class MembershipView(View):
    """A role in an organisation."""

    organization_id: UUID
    organization_name: str
    organization_kind: str
    role: str


class ProfileView(View):
    """A person as they see themselves."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    phone: str | None
    job_title: str | None
    locale: str
    status: str
    is_platform_admin: bool
    memberships: tuple[MembershipView, ...] = ()


class Person(Command):
    """Somebody to be enrolled, known by an e-mail address."""

    email: EmailStr
    first_name: PersonName
    last_name: PersonName
