"""A certificate as SD-JWT VC: its holder shows some of what it says, and the signature holds for each part alone.

It is made when asked for: fresh salts each time, so that two of them cannot be told to be of the same certificate by
what they hide, though both name the same place in the status list.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj  # pyright: ignore[reportMissingTypeStubs]
from sd_jwt.holder import SDJWTHolder  # pyright: ignore[reportMissingTypeStubs]
from sd_jwt.issuer import SDJWTIssuer  # pyright: ignore[reportMissingTypeStubs]

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.credentials.addresses import JWT_FORM
from pygmalion_app.certificates.credentials.document import status
from pygmalion_app.certificates.keys.plain import SigningKey

TYPE = "urn:pygmalion:training-certificate:1"
FIELDS = (
    *("holder", "number", "course", "courseEn", "category", "modality", "durationMinutes", "legalBasis"),
    *("organization", "location", "startsOn", "endsOn", "completedOn", "validUntil", "verificationUrl"),
)
"""What can be shown or kept back, each by itself."""


def selective(
    credential: dict[str, Any], content: Content, key: SigningKey, shown: Collection[str], now: datetime
) -> str:
    """Return a presentation of a credential that shows the fields named in `shown`. CPU-bound: call it in a thread.

    Who reads it always learns the issuer, the kind of certificate, when it was issued and ends, and where its status
    is: without these nobody could check it.
    """
    issuer, place = credential["issuer"]["id"], credential["credentialStatus"]
    said = content.model_dump(mode="json", by_alias=True) | {"verificationUrl": credential["evidence"][0]["id"]}
    claims: dict[Any, Any] = {
        "iss": issuer,
        "vct": TYPE,
        "iat": int(now.timestamp()),
        "nbf": _seconds(credential["validFrom"]),
        **({"exp": _seconds(credential["validUntil"])} if "validUntil" in credential else {}),
        "credentialStatus": status(place["statusListCredential"] + JWT_FORM, int(place["statusListIndex"])),
        **{SDObj(name): said[name] for name in FIELDS if said[name] not in (None, "")},
    }
    header = {"typ": "dc+sd-jwt", "kid": f"{issuer}#{key.public.kid}"}
    made = SDJWTIssuer(claims, JWK.from_pyca(key.private), sign_alg="ES256", extra_header_parameters=header)
    presentation = SDJWTHolder(made.sd_jwt_issuance)
    presentation.create_presentation(dict.fromkeys(shown, True))  # pyright: ignore[reportUnknownMemberType]
    return presentation.sd_jwt_presentation


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
