"""What single sign-on takes and gives."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from pygmalion_app.core.schemas import Command, View


def _printable(value: str) -> str:
    if not value.isascii() or not value.isprintable():
        message = "must be printable ASCII"
        raise ValueError(message)
    return value


class SaveConnection(Command):
    """Describe the organisation's provider. A secret left out stays as it is."""

    issuer: Annotated[str, StringConstraints(min_length=1, max_length=400), AfterValidator(_printable)]
    client_id: Annotated[str, StringConstraints(min_length=1, max_length=400), AfterValidator(_printable)]
    client_secret: Annotated[SecretStr, Field(min_length=1, max_length=1000)] | None = None
    enabled: bool = True
    demanded: bool = False
    second_factor_trusted: bool = False
    joins_members: bool = False


class ClaimDomain(Command):
    """Say that an e-mail domain is the organisation's."""

    domain: Annotated[str, StringConstraints(min_length=1, max_length=253)]


class AskDomainCode(Command):
    """Have a code mailed to one of the mailboxes that only a domain's owner has."""

    mailbox: Annotated[str, StringConstraints(max_length=20)] = "postmaster"


class ProveDomain(Command):
    """Show that code."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]


class DomainView(View):
    """A domain as its organisation sees it; `mailbox` is where a code waits."""

    domain: str
    proven_at: datetime | None
    proven_by: str | None
    mailbox: str | None = None


class ConnectionView(View):
    """An organisation's single sign-on, and what to tell its provider of us. The secret is never shown."""

    organization_id: UUID
    organization_name: str
    configured: bool
    redirect_uri: str
    signed_out_uri: str
    issuer: str = ""
    client_id: str = ""
    enabled: bool = False
    demanded: bool = False
    second_factor_trusted: bool = False
    joins_members: bool = False
    can_join: bool = True
    """Whether there is a role that people could join with."""
    checked_at: datetime | None = None
    faults: tuple[str, ...] = ()
    people: int = 0
    """How many have come in this way."""
    domains: tuple[DomainView, ...] = ()


class CheckView(View):
    """What a test found: nothing wrong, or why it would not work."""

    ok: bool
    faults: tuple[str, ...]


class WaitingDomain(View):
    """A claim that the platform may approve."""

    organization_id: UUID
    organization_name: str
    domain: str
    claimed_at: datetime


class SsoOffer(View):
    """Where people of a domain or organisation may sign in; `demanded`: and nowhere else."""

    organization_id: UUID
    organization_name: str
    demanded: bool
    start: str
    """Our address that leads to the provider."""
