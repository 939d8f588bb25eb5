"""Members, invitations and requests as the members page shows them."""

from dataclasses import dataclass

from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.permissions import Role
from pygmalion_app.organizations.schemas import InvitationView, JoinRequestView, MemberView
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang


@dataclass
class MemberRow:
    """One member, ready to read."""

    id: str
    name: str
    email: str
    roles: str
    role_codes: list[str]
    job: str
    since: str
    is_self: bool


@dataclass
class InvitationRow:
    """One invitation that waits or is late."""

    id: str
    email: str
    name: str
    role: str
    state: str
    tone: Tone
    until: str


@dataclass
class RequestRow:
    """Somebody who asks for an invitation."""

    id: str
    name: str
    email: str
    since: str


@dataclass
class RoleRow:
    """A role to choose."""

    code: str
    name: str


def member_row(lang: Lang, member: MemberView) -> MemberRow:
    """Return a member as a row."""
    return MemberRow(
        id=str(member.user_id),
        name=f"{member.first_name} {member.last_name}",
        email=member.email,
        roles=", ".join(lang(f"role-{Role(role)}") for role in member.roles),
        role_codes=list(member.roles),
        job=member.job_role or "",
        since=format_day(lang.code, member.since, pattern="medium"),
        is_self=member.is_self,
    )


def invitation_row(lang: Lang, invitation: InvitationView) -> InvitationRow:
    """Return an invitation as a row."""
    tones: dict[str, Tone] = {"pending": "info", "expired": "warn"}
    unsent = invitation.sent_at is None
    return InvitationRow(
        id=str(invitation.id),
        email=invitation.email,
        name=f"{invitation.first_name} {invitation.last_name}".strip(),
        role=lang(f"role-{invitation.role}"),
        state=lang("invitation-unsent" if unsent else f"invitation-{invitation.state}"),
        tone="idle" if unsent else tones.get(invitation.state, "idle"),
        until=format_day(lang.code, invitation.expires_at, pattern="medium"),
    )


def request_row(lang: Lang, request: JoinRequestView) -> RequestRow:
    """Return a request to join as a row."""
    return RequestRow(
        id=str(request.id),
        name=f"{request.first_name} {request.last_name}",
        email=request.email,
        since=format_day(lang.code, request.created_at, pattern="medium"),
    )
