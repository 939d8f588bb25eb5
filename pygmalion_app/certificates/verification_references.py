"""Which certificate a code or a credential names, and whose it is."""

import json
import re
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import unquote, urlsplit
from uuid import UUID

from pygmalion_app.certificates.verification_types import Elsewhere
from pygmalion_app.core.config import Settings
from pygmalion_app.core.i18n import LOCALES

_PATH = re.compile(rf"/(?:(?:{'|'.join(LOCALES)})/)?verify/(?P<token>[A-Za-z0-9_-]{{16,64}})/?")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_DID_WEB = "did:web:"
_LONGEST = 2000
_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Reference:
    """What names a certificate: the secret token of a code, or an id in a credential, which is no secret."""

    token: str | None = None
    certificate_id: UUID | None = None
    elsewhere: Elsewhere | None = None
    """Set where another platform is named."""


def read_code(settings: Settings, text: str) -> Reference | None:
    """Return what a scanned code names: a verification address, anybody's, or a bare token; None for anything else."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if _TOKEN.fullmatch(text):
        return Reference(token=text)
    try:
        found = urlsplit(text)
        host = found.netloc.rpartition("@")[2].lower()
    except ValueError:
        return None
    named = _PATH.fullmatch(found.path)
    if found.scheme not in ("http", "https") or not host or named is None:
        return None
    return Reference(token=named["token"], elsewhere=_unless_ours(settings, host, host))


def read_credential(settings: Settings, content: bytes) -> Reference | None:
    """Return which certificate a credential (or the content attached to an older document) is of; None for neither."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    claims = cast("dict[str, Any]", said)
    issuer: Any = claims.get("issuer")
    did: Any = cast("dict[str, Any]", issuer).get("id") if isinstance(issuer, dict) else issuer
    elsewhere = None
    if isinstance(did, str) and did:
        host = unquote(did.removeprefix(_DID_WEB).partition(":")[0]).lower() if did.startswith(_DID_WEB) else ""
        elsewhere = _unless_ours(settings, host, did)
    elif "number" not in claims:
        return None
    return Reference(certificate_id=_id(claims.get("id")), elsewhere=elsewhere)


def _unless_ours(settings: Settings, host: str, shown: str) -> Elsewhere | None:
    return None if host == urlsplit(settings.base_url).netloc.lower() else Elsewhere(issuer=shown[:_LONGEST_SHOWN])


def _id(spelled: object) -> UUID | None:
    try:
        return UUID(str(spelled))
    except ValueError:
        return None
