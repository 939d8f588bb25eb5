"""What the second factors take and give."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from pygmalion_app.accounts.schemas import PersonName
from pygmalion_app.core.schemas import Command, View


class ConfirmTotp(Command):
    """Prove that the authenticator application holds the secret."""

    factor_id: UUID
    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{6}$")]


class AnswerPasskey(Command):
    """What the browser made of a passkey's challenge (`PublicKeyCredential.toJSON()`)."""

    challenge_id: UUID
    credential: Annotated[dict[str, Any], Field(max_length=20)]


class AddPasskey(AnswerPasskey):
    """Keep a new passkey under a name of its owner's."""

    name: PersonName


class AskPasskey(Command):
    """Ask for a passkey's challenge: with `challenge_id` as the second factor of that sign-in, else alone."""

    challenge_id: UUID | None = None


class TotpEnrolment(View):
    """A secret for an authenticator application, shown once: as an address for its QR code and as text."""

    factor_id: UUID
    secret: str
    uri: str


class RecoveryCodes(View):
    """Ten codes, shown once; empty when the person has theirs already."""

    recovery_codes: tuple[str, ...] = ()


class PasskeyView(View):
    """A passkey in its owner's list."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None
    backed_up: bool


class PasskeyAdded(RecoveryCodes):
    """A new passkey, and the recovery codes that came with it, if it is the first strong factor."""

    passkey: PasskeyView


class PasskeyOptions(View):
    """What the browser hands to `navigator.credentials`, and the challenge it answers."""

    challenge_id: UUID
    public_key: dict[str, Any]


class DemandingOrganization(View):
    """An organisation that asks its admins and managers for a strong factor."""

    id: UUID
    name: str


class FactorsView(View):
    """Everything a person has beside their password."""

    totp_since: datetime | None
    recovery_codes_left: int
    passkeys: tuple[PasskeyView, ...]
    demanded_by: tuple[DemandingOrganization, ...]
    """Organisations that ask this person for a strong factor."""
    strong: bool
    """Whether there is one: an authenticator application or a passkey."""


class TrustedDeviceView(View):
    """A browser that its owner trusts."""

    id: UUID
    label: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
