"""What an organisation's own identity provider (OpenID Connect) is asked and answers; the port is in `core.ports`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from pygmalion_app.core.errors import PygmalionError


class ProviderFault(StrEnum):
    """Why a provider could not sign somebody in; each is told in words (`error-sso_<fault>`)."""

    ADDRESS = "address"
    """Not https, or an address inside somebody's network."""
    UNREACHABLE = "unreachable"
    """No answer in time, or a server's error."""
    NOT_A_PROVIDER = "not_a_provider"
    """Something answers there, and it is no OpenID provider."""
    OTHER_ISSUER = "other_issuer"
    """The provider calls itself by another address than the one that was given."""
    UNSUPPORTED = "unsupported"
    """The provider knows neither the code flow, nor PKCE with S256, nor a signature that we accept."""
    CLIENT = "client"
    """Client id or secret refused."""
    CODE = "code"
    """The code was used, late, or not for us."""
    TOKEN = "token"  # noqa: S105 - a word, not a secret
    """The ID token does not hold: signature, issuer, audience, time or nonce."""


class IdentityProviderError(PygmalionError):
    """The provider cannot be used now; `fault` says why in words for the person who set it up."""

    status: ClassVar[int] = 502

    def __init__(self, fault: ProviderFault, detail: str = "") -> None:
        """Keep why; `detail` is for the log, never for people."""
        super().__init__()
        self.fault = fault
        self.detail = detail
        self.code = f"sso_{fault.value}"  # pyright: ignore[reportAttributeAccessIssue]


@dataclass(frozen=True, slots=True)
class ProviderClient:
    """Who we are to a provider."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """One way to the provider: `challenge` is the S256 of the verifier that the way back will show."""

    state: str
    nonce: str
    challenge: str
    locale: str
    max_age_seconds: int
    """How long ago the person may have proved who they are; asked longer ago, the provider asks again."""
    login_hint: str = ""


@dataclass(frozen=True, slots=True)
class SignInAnswer:
    """What came back with the browser, and what we kept for it. `issuer` is RFC 9207's `iss`, empty if not given."""

    code: str = field(repr=False)
    issuer: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProviderIdentity:
    """Who the provider says this is. `subject` is the identity; the e-mail address is only something it says."""

    issuer: str
    subject: str
    email: str
    email_verified: bool
    first_name: str
    last_name: str
    methods: tuple[str, ...]
    """`amr`: how the person proved who they are (RFC 8176)."""
    context: str
    """`acr`: the level the provider gives that proof."""
    authenticated_at: datetime | None
    """`auth_time`: when they did; a provider may let somebody in who did so hours ago."""
    id_token: str = field(repr=False)
