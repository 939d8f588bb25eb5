"""API access tokens: JWT, ES256, 15 minutes."""

from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from pygmalion_app.accounts.errors import InvalidTokenError
from pygmalion_app.core.config import Settings
from pygmalion_app.core.ids import new_id, parse_id

ACCESS_LIFE = timedelta(minutes=15)
ISSUER = "pygmalion"
AUDIENCE = "pygmalion-api"
TYPE = "at+jwt"
_MAX_LENGTH = 2000


@lru_cache(maxsize=2)
def _key(pem: str) -> ECKey:
    return ECKey.import_key(pem)


def create_access_token(settings: Settings, user_id: UUID, now: datetime) -> str:
    """Return a signed token that says who calls; what they may do is looked up at each call."""
    key = _key(settings.jwt_private_key.get_secret_value())
    header = {"alg": "ES256", "typ": TYPE, "kid": key.thumbprint()}
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(user_id),
        "jti": new_id().hex,
        "iat": int(now.timestamp()),
        "exp": int((now + ACCESS_LIFE).timestamp()),
    }
    return jwt.encode(header, claims, key, algorithms=["ES256"])


def read_access_token(settings: Settings, token: str, now: datetime) -> UUID:
    """Return the caller's id; InvalidTokenError for another key, algorithm, type, audience, or a late token."""
    if len(token) > _MAX_LENGTH:
        raise InvalidTokenError
    try:
        decoded = jwt.decode(token, _key(settings.jwt_private_key.get_secret_value()), algorithms=["ES256"])
        rules = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
            sub={"essential": True},
        )
        rules.validate(decoded.claims)
    except (JoseError, ValueError) as error:
        raise InvalidTokenError from error
    user_id = parse_id(decoded.claims["sub"])
    if decoded.header.get("typ") != TYPE or user_id is None:
        raise InvalidTokenError
    return user_id
