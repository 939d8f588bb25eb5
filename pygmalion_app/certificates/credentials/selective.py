"""A certificate as SD-JWT VC: its holder shows some of what it says, and the signature holds for each part alone.

It is made when asked for: fresh salts each time, so that two of them cannot be told to be of the same certificate by
what they hide, though both name the same place in the status list.
"""

from datetime import datetime
from typing import Any

from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj  # pyright: ignore[reportMissingTypeStubs]
from sd_jwt.holder import SDJWTHolder  # pyright: ignore[reportMissingTypeStubs]
from sd_jwt.issuer import SDJWTIssuer  # pyright: ignore[reportMissingTypeStubs]

from pygmalion_app.certificates.credentials.document import Facts, status
from pygmalion_app.certificates.credentials.status_lists import JWT_FORM
from pygmalion_app.certificates.keys.ring import SigningKey

TYPE = "urn:pygmalion:training-certificate:1"
FIELDS = (
    *("holder", "number", "course", "courseEn", "category", "modality", "durationMinutes", "legalBasis"),
    *("organization", "location", "startsOn", "endsOn", "completedOn", "validUntil", "verificationUrl"),
)
"""What can be shown or kept back, each by itself."""


def selective(facts: Facts, key: SigningKey, shown: tuple[str, ...], now: datetime) -> str:
    """Return a presentation that shows the fields named in `shown`. CPU-bound: call it in a thread.

    Who reads it always learns the issuer, the kind of certificate, when it was issued and ends, and where its status
    is: without these nobody could check it.
    """
    said = facts.content.model_dump(mode="json", by_alias=True) | {"verificationUrl": facts.verification_url}
    claims: dict[Any, Any] = {
        "iss": facts.issuer,
        "vct": TYPE,
        "iat": int(now.timestamp()),
        "nbf": int(facts.issued_at.timestamp()),
        **({"exp": int(facts.valid_until.timestamp())} if facts.valid_until else {}),
        "credentialStatus": status(facts.status_list + JWT_FORM, facts.status_position),
        **{SDObj(name): said[name] for name in FIELDS if said[name] not in (None, "")},
    }
    header = {"typ": "dc+sd-jwt", "kid": f"{facts.issuer}#{key.public.kid}"}
    made = SDJWTIssuer(claims, _jwk(key), sign_alg="ES256", extra_header_parameters=header)
    presentation = SDJWTHolder(made.sd_jwt_issuance)
    presentation.create_presentation(dict.fromkeys(shown, True))  # pyright: ignore[reportUnknownMemberType]
    return presentation.sd_jwt_presentation


def _jwk(key: SigningKey) -> JWK:
    return JWK.from_pyca(key.private)
