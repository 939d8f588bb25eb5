"""API access tokens: JWT, ES256, 15 minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from pygmalion_app.accounts.errors import InvalidTokenError
from pygmalion_app.core.config import Settings
from pygmalion_app.core.ids import new_id, parse_id

ACCESS_LIFE = timedelta(minutes=15)
ISSUER = "pygmalion"
AUDIENCE = "pygmalion-api"
TYPE = "at+jwt"
_LEEWAY_SECONDS = 30
"""How far another of our machines' clocks may run ahead of this one's."""
_MAX_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says: who calls, and in which session."""

    user_id: UUID
    session_id: UUID | None


@lru_cache(maxsize=2)
def _signing_key(pem: str) -> ECKey:
    return ECKey.import_key(pem)


@lru_cache(maxsize=2)
def _known_keys(pem: str, previous: tuple[str, ...]) -> KeySet:
    """Return the keys whose tokens count, each under its thumbprint: the signing key, and those it has replaced."""
    keys = [_signing_key(pem), *map(ECKey.import_key, previous)]
    return KeySet([ECKey.import_key(key.as_dict(private=False) | {"kid": key.thumbprint()}) for key in keys])


def create_access_token(
    settings: Settings,
    user_id: UUID,
    now: datetime,
    session_id: UUID | None = None,
    authenticated_at: datetime | None = None,
) -> str:
    """Return a signed token that says who calls; what they may do is looked up at each call.

    A token of a session (`sid`) ends with it; `auth_time` is when that session last proved itself.
    """
    key = _signing_key(settings.jwt_private_key.get_secret_value())
    header = {"alg": "ES256", "typ": TYPE, "kid": key.thumbprint()}
    claims: dict[str, str | int] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(user_id),
        "jti": new_id().hex,
        "iat": int(now.timestamp()),
        "exp": int((now + ACCESS_LIFE).timestamp()),
    }
    if session_id is not None:
        claims["sid"] = str(session_id)
    if authenticated_at is not None:
        claims["auth_time"] = int(authenticated_at.timestamp())
    return jwt.encode(header, claims, key, algorithms=["ES256"])


def read_access_token(settings: Settings, token: str, now: datetime) -> AccessClaims:
    """Return who calls; InvalidTokenError for another key, algorithm, type or audience, or a late or early token."""
    if len(token) > _MAX_LENGTH:
        raise InvalidTokenError
    try:
        decoded = _signed(token, settings.jwt_private_key.get_secret_value(), settings.jwt_previous_public_keys)
        _rules(now).validate(decoded.claims)
        late = int(decoded.claims["exp"]) <= int(now.timestamp())
    except (JoseError, ValueError, TypeError) as error:
        raise InvalidTokenError from error
    user_id = parse_id(decoded.claims["sub"])
    named = decoded.claims.get("sid")
    session_id = None if named is None else parse_id(named)
    if late or decoded.header.get("typ") != TYPE or user_id is None or (named is not None and session_id is None):
        raise InvalidTokenError
    return AccessClaims(user_id, session_id)


@lru_cache(maxsize=2048)
def _signed(token: str, pem: str, previous: tuple[str, ...]) -> jwt.Token:
    """Return what a token says if one of our keys signed it; what it is good for, and for how long, is seen each time.

    That it is signed never changes, and whoever calls again within its minutes needs no curve worked out anew.
    """
    return jwt.decode(token, _known_keys(pem, previous), algorithms=["ES256"])


def _rules(now: datetime) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_LEEWAY_SECONDS,
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": AUDIENCE},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
