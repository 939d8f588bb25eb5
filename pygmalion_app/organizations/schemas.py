"""What the organisations feature takes and gives."""

import re
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, EmailStr, Field, StringConstraints

from pygmalion_app.core.permissions import Role
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.organizations.models import OrganizationKind, VatRegime

_LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)


def one_line(text: str) -> str:
    """Refuse what would break out of a mail's header or plant a link in it: line ends, control characters, links."""
    if any(not character.isprintable() for character in text):
        message = "must not contain control characters"
        raise ValueError(message)
    if _LINK.search(text) or any(character in text for character in "<>"):
        message = "must not contain links or markup"
        raise ValueError(message)
    return text


OrganizationName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120), AfterValidator(one_line)
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(one_line)]
PostalCode = Annotated[str, StringConstraints(strip_whitespace=True, max_length=12, pattern=r"^[A-Za-z0-9 -]*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=30)]
"""A number as people type it; the service reads it and says what is wrong."""
Website = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^(https?://[^\s<>\"']+\.[^\s<>\"']+)?$")
]
Description = Annotated[str, StringConstraints(max_length=4000)]
InviteeName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80), AfterValidator(one_line)]


class CreateOrganization(Command):
    """Register an organisation; its founder runs it."""

    kind: OrganizationKind
    name: OrganizationName
    siret: Number | None = None
    nda: Number | None = None
    vat_number: Number | None = None
    address_line1: Line = ""
    address_line2: Line = ""
    postal_code: PostalCode = ""
    city: Line = ""
    country: Country = "FR"
    """A French organisation needs a SIRET."""
    contact_email: EmailStr | None = None
    website: Website = ""


class UpdateOrganization(Command):
    """Change an organisation; a field left out stays, an empty number is taken away."""

    name: OrganizationName | None = None
    siret: Number | None = None
    nda: Number | None = None
    vat_number: Number | None = None
    vat_regime: VatRegime | None = None
    address_line1: Line | None = None
    address_line2: Line | None = None
    postal_code: PostalCode | None = None
    city: Line | None = None
    country: Country | None = None
    contact_email: EmailStr | Annotated[str, StringConstraints(max_length=0)] | None = None
    website: Website | None = None
    description: Description | None = None
    description_en: Description | None = None
    iban: Annotated[str, StringConstraints(strip_whitespace=True, max_length=42)] | None = None
    """With its spaces: 34 characters in groups of four."""
    """Where transfers for a school's invoices go."""
    accepts_invoice_payment: bool | None = None
    """Whether companies may pay a school by transfer after their order."""
    strong_factor_required: bool | None = None
    """Whether its managers need an authenticator or a passkey beside the password."""


class Invite(Command):
    """Offer a role to an address."""

    email: EmailStr
    role: Role
    first_name: InviteeName = ""
    last_name: InviteeName = ""
    job_role: InviteeName = ""


class SetRoles(Command):
    """Give a member exactly these roles; the work that requires training stays unless it is given."""

    roles: Annotated[tuple[Role, ...], Field(min_length=1, max_length=5)]
    job_role: InviteeName | None = None


class TeamMember(View):
    """A colleague as a manager sees them."""

    user_id: UUID
    email: str
    first_name: str
    last_name: str
    job_role: str | None


class OrganizationView(View):
    """An organisation in short."""

    id: UUID
    kind: str
    name: str
    slug: str
    city: str
    vat_regime: str


class OrganizationSummary(OrganizationView):
    """An organisation in a list, with the reader's roles in it."""

    siret: str | None
    members: int | None
    """How many people; told to those who may read them."""
    roles: tuple[str, ...]


class PublicOrganization(OrganizationView):
    """What everybody may know of a training organisation."""

    siret: str | None
    siren: str | None
    nda: str | None
    description: str
    description_en: str
    website: str
    qualiopi_certifier: str | None


class OrganizationDetail(PublicOrganization):
    """An organisation as its members see it."""

    vat_number: str | None
    address_line1: str
    address_line2: str
    postal_code: str
    country: str
    contact_email: str
    iban: str | None
    accepts_invoice_payment: bool
    strong_factor_required: bool
    can_manage: bool
    """Whether the reader may change it and its members."""


class MemberView(View):
    """A member with all roles; `is_self` marks the reader."""

    user_id: UUID
    email: str
    first_name: str
    last_name: str
    roles: tuple[str, ...]
    job_role: str | None
    since: datetime
    is_self: bool


class InvitationView(View):
    """An invitation as the organisation sees it; `state` is pending, expired, accepted, declined or withdrawn."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    role: str
    job_role: str | None
    state: str
    invited_by: str
    """The inviter's name; empty once they are gone."""
    created_at: datetime
    sent_at: datetime | None
    expires_at: datetime


class InvitationOffer(View):
    """An invitation as the invited person sees it."""

    organization_id: UUID
    organization_name: str
    organization_kind: str
    role: str
    email: str
    invited_by: str
    state: str
    expires_at: datetime


class EstablishmentView(View):
    """What a public register says of a SIRET; `demonstration` marks invented answers."""

    siret: str
    name: str
    address: str
    postal_code: str
    city: str
    demonstration: bool


class JoinRequestView(View):
    """Somebody who asks for an invitation."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    created_at: datetime
