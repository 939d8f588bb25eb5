"""Names and addresses that stand in credentials: who issues them, where their keys and their status are."""

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit
from uuid import UUID

from pygmalion_app.core.addresses import address

if TYPE_CHECKING:
    from pygmalion_app.core.config import Settings

JWT_FORM = "?format=jwt"
"""What a list's address ends with where it is wanted as a JWT."""


class Place(NamedTuple):
    """Where a credential's status stands."""

    list_id: UUID
    position: int


def platform_did(settings: "Settings") -> str:
    """Return the platform's DID; its document is at `/.well-known/did.json`."""
    return f"did:web:{quote(urlsplit(settings.base_url).netloc, safe='')}"


def organization_did(settings: "Settings", slug: str) -> str:
    """Return an organisation's DID; its document is at `/organisations/<slug>/did.json`. A slug never changes."""
    return f"{platform_did(settings)}:organisations:{slug}"


def organization_page(settings: "Settings", locale: str, slug: str) -> str:
    """Return the address of an organisation's public page."""
    return settings.base_url + address("organization", locale, slug=slug)


def status_list(settings: "Settings", list_id: UUID) -> str:
    """Return the address at which a status list is published."""
    return f"{settings.base_url}/api/v1/certificates/status/{list_id}"
