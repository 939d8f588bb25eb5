"""What a holder shares of a certificate: a badge for a web site, an entry on LinkedIn, and how a link looks there."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from pygmalion_app.certificates.status import Status
from pygmalion_app.certificates.verification import Statement, Verification
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.unit_of_work import container

BADGE_WIDTH, BADGE_HEIGHT = 360, 96
_LINKEDIN = "https://www.linkedin.com/profile/add"
# Nobody shares what was altered or is no certificate.
_SHARED = frozenset({Status.VALID, Status.PENDING, Status.EXPIRED})


@dataclass(frozen=True, slots=True)
class Offer:
    """Addresses and code for the one who shares."""

    title: str
    description: str
    page: str
    badge: str
    preview: str
    """The badge as this page shows it, from whatever address it was opened at."""
    picture: str
    snippet: str
    linkedin: str


def offer(locale: str, token: str, found: Verification) -> Offer | None:
    """Return what can be shared of a certificate; None for one that is not to be accepted."""
    said = found.certificate
    if said is None or found.status not in _SHARED:
        return None
    base = container().settings.base_url
    page = f"{base}/verify/{token}"
    here = f"/badge/{token}.svg?lang={locale}"
    badge = base + here
    course = said.course_en if locale == "en" else said.course
    # The name stands in a preview only where its holder lets the page show it.
    title = " · ".join(part for part in (course, said.holder) if part)
    description = translate(
        locale,
        "share-description",
        organization=said.organization,
        word=translate(locale, f"verify-word-{found.status}"),
    )
    return Offer(
        title=title,
        description=description,
        page=page,
        badge=badge,
        preview=here,
        picture=f"{base}/badge/{token}.png?lang={locale}",
        snippet=(
            f'<a href="{escape(page)}"><img src="{escape(badge)}" width="{BADGE_WIDTH}" height="{BADGE_HEIGHT}" '
            f'alt="{escape(translate(locale, "share-badge-alt", course=course))}"></a>'
        ),
        linkedin=linkedin_address(said, page, course),
    )


def linkedin_address(said: Statement, page: str, course: str) -> str:
    """Return LinkedIn's address that adds a certificate to the profile of whoever is signed in there."""
    facts: dict[str, str | int] = {
        "startTask": "CERTIFICATION_NAME",
        "name": course,
        "organizationName": said.organization,
        "issueYear": said.issued_at.year,
        "issueMonth": said.issued_at.month,
        "certUrl": page,
        "certId": said.number or "",
    }
    if said.valid_until is not None:
        facts |= {"expirationYear": said.valid_until.year, "expirationMonth": said.valid_until.month}
    return f"{_LINKEDIN}?{urlencode(facts)}"
