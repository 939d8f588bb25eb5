"""What the organisations feature gives."""

from uuid import UUID

from pygmalion_app.core.schemas import View


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
