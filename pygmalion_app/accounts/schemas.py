"""What the accounts feature takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, EmailStr, Field, SecretStr, StringConstraints

from pygmalion_app.accounts.models import SignInMethod
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


def _joined(code: str) -> str:
    """Drop the spaces and dashes with which codes are written for the eye."""
    return code.replace(" ", "").replace("-", "").upper()


class VerifyCode(Command):
    """Finish a sign-in: a code of six digits (e-mail or authenticator) or a recovery code of ten characters."""

    challenge_id: UUID
    code: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=24, pattern=r"^(?:[0-9] ?){6}$|^(?:[0-9A-Za-z][ -]?){10}$"),
        AfterValidator(_joined),
    ]
    method: Literal["email", "totp", "recovery_code"] | None = None
    """Which of one's factors this is; told apart by its look when left out."""


class UpdateProfile(Command):
    """Change one's own profile; a field left out stays as it is."""

    first_name: PersonName | None = None
    last_name: PersonName | None = None
    phone: Annotated[str, StringConstraints(max_length=30, pattern=r"^[0-9 +().-]*$")] | None = None
    job_title: Annotated[str, StringConstraints(max_length=120)] | None = None
    locale: Locale | None = None


class ChallengeView(View):
    """A sign-in that waits for a second factor; `methods` says which ones this person has.

    With `email` among them a code is on its way. `may_trust` says whether this browser may be trusted afterwards.
    """

    challenge_id: UUID
    methods: tuple[str, ...]
    expires_at: datetime
    may_trust: bool = False


class SignedIn(View):
    """Who has just proved who they are, and how."""

    user_id: UUID
    method: SignInMethod


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
