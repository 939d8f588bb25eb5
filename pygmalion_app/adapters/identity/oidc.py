"""OpenID Connect: the authorization code flow with PKCE, as a confidential client."""

import asyncio
import base64
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from pygmalion_app.adapters.identity import id_token
from pygmalion_app.adapters.identity.fetch import Fetcher
from pygmalion_app.core.identity import (
    IdentityProviderError,
    ProviderClient,
    ProviderFault,
    ProviderIdentity,
    SignInAnswer,
    SignInRequest,
)

SCOPES: Final = "openid email profile"
KEPT_SECONDS: Final = 300
"""How long a provider's description and keys are kept; unknown keys are looked for at once."""
_MAX_KEPT = 200
_OK = 200
_UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class _Provider:
    """What a provider says of itself."""

    authorization: str
    token: str
    userinfo: str
    keys: str
    end_session: str
    names_itself: bool
    """Whether the answer that comes with the browser names the issuer (RFC 9207)."""
    posts_secret: bool


class OidcProvider:
    """Any certified provider."""

    name = "OpenID Connect"

    def __init__(self, *, allow_loopback: bool) -> None:
        """Say whether providers may be on this machine, without https: outside production only."""
        self._fetch = Fetcher(allow_loopback=allow_loopback)
        self._providers: dict[str, tuple[float, _Provider]] = {}
        self._keys: dict[str, tuple[float, tuple[id_token.Key, ...]]] = {}

    async def authorization_url(self, client: ProviderClient, request: SignInRequest) -> str:
        """Return the address to send the browser to."""
        provider = await self._discover(client.issuer)
        query = {
            "response_type": "code",
            "client_id": client.client_id,
            "redirect_uri": client.redirect_uri,
            "scope": SCOPES,
            "state": request.state,
            "nonce": request.nonce,
            "code_challenge": request.challenge,
            "code_challenge_method": "S256",
            "max_age": str(request.max_age_seconds),
            "ui_locales": request.locale,
            **({"login_hint": request.login_hint} if request.login_hint else {}),
        }
        return _with_query(provider.authorization, query)

    async def redeem(self, client: ProviderClient, answer: SignInAnswer, now: datetime) -> ProviderIdentity:
        """Trade the code for a validated identity."""
        provider = await self._discover(client.issuer)
        # Without `iss`, the place the answer came to (one redirect address a connection) tells the provider.
        if answer.issuer != client.issuer and (answer.issuer or provider.names_itself):
            raise IdentityProviderError(ProviderFault.OTHER_ISSUER, "iss of the answer")
        form = {
            "grant_type": "authorization_code",
            "code": answer.code,
            "redirect_uri": client.redirect_uri,
            "code_verifier": answer.verifier,
        }
        tokens = await self._token(provider, client, form)
        signed, access = _text(tokens, "id_token"), _text(tokens, "access_token")
        expected = id_token.Expected(client.issuer, client.client_id, answer.nonce, access, now)
        claims = await self._read(provider, signed, expected)
        if not claims.get("email") and access and provider.userinfo:
            claims = {**await self._userinfo(provider, access, claims["sub"]), **claims}
        return _identity(client.issuer, claims, signed)

    async def sign_out_url(self, client: ProviderClient, id_token: str, return_to: str) -> str | None:
        """Return where the browser ends the provider's own session (OpenID Connect RP-Initiated Logout)."""
        provider = await self._discover(client.issuer)
        if not provider.end_session:
            return None
        query = {"client_id": client.client_id, "post_logout_redirect_uri": return_to}
        return _with_query(provider.end_session, {"id_token_hint": id_token, **query} if id_token else query)

    async def faults(self, client: ProviderClient) -> tuple[ProviderFault, ...]:
        """Discover, read the keys, and show the client's secret with a code that cannot be good."""
        self._providers.pop(client.issuer, None)
        try:
            provider = await self._discover(client.issuer)
        except IdentityProviderError as error:
            return (error.fault,)
        found = await asyncio.gather(self._keys_fault(provider), self._client_fault(provider, client))
        return tuple(fault for fault in found if fault is not None)

    async def _keys_fault(self, provider: _Provider) -> ProviderFault | None:
        try:
            await self._signing_keys(provider.keys, fresh=True)
        except IdentityProviderError as error:
            return error.fault
        return None

    async def _client_fault(self, provider: _Provider, client: ProviderClient) -> ProviderFault | None:
        form = {
            "grant_type": "authorization_code",
            "code": secrets.token_urlsafe(32),
            "redirect_uri": client.redirect_uri,
            "code_verifier": secrets.token_urlsafe(32),
        }
        try:
            await self._token(provider, client, form)
        except IdentityProviderError as error:
            # That the code is refused, and not the client, is what we want to hear.
            return None if error.fault is ProviderFault.CODE else error.fault
        return ProviderFault.UNSUPPORTED

    async def _discover(self, issuer: str) -> _Provider:
        kept = self._providers.get(issuer)
        if kept and kept[0] > time.monotonic():
            return kept[1]
        self._fetch.check(issuer)
        status, document = await self._fetch.get(issuer.rstrip("/") + "/.well-known/openid-configuration")
        if status != _OK or not isinstance(document.get("issuer"), str):
            raise IdentityProviderError(ProviderFault.NOT_A_PROVIDER, f"discovery answers {status}")
        if document["issuer"] != issuer:
            raise IdentityProviderError(ProviderFault.OTHER_ISSUER, "discovery names another issuer")
        _require_support(document)
        provider = self._provider(document)
        _keep(self._providers, issuer, provider)
        return provider

    def _provider(self, document: Mapping[str, Any]) -> _Provider:
        def address(name: str, *, needed: bool = True) -> str:
            value = document.get(name)
            if isinstance(value, str) and value:
                return self._fetch.check(value)
            if needed:
                raise IdentityProviderError(ProviderFault.NOT_A_PROVIDER, f"no {name}")
            return ""

        methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return _Provider(
            authorization=address("authorization_endpoint"),
            token=address("token_endpoint"),
            userinfo=address("userinfo_endpoint", needed=False),
            keys=address("jwks_uri"),
            end_session=address("end_session_endpoint", needed=False),
            names_itself=document.get("authorization_response_iss_parameter_supported") is True,
            posts_secret="client_secret_basic" not in methods,
        )

    async def _token(self, provider: _Provider, client: ProviderClient, form: Mapping[str, str]) -> dict[str, Any]:
        headers: dict[str, str] = {}
        if provider.posts_secret:
            form = {**form, "client_id": client.client_id, "client_secret": client.client_secret}
        else:
            # Both are form-encoded before they are joined (RFC 6749, 2.3.1).
            pair = f"{quote(client.client_id, safe='')}:{quote(client.client_secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        status, answer = await self._fetch.post(provider.token, form, headers)
        if status == _OK:
            return answer
        reason = answer.get("error")
        if status == _UNAUTHORIZED or reason in {"invalid_client", "unauthorized_client"}:
            raise IdentityProviderError(ProviderFault.CLIENT, str(reason)[:60])
        if reason in {"invalid_grant", "invalid_request"}:
            raise IdentityProviderError(ProviderFault.CODE, str(reason)[:60])
        raise IdentityProviderError(ProviderFault.UNSUPPORTED, f"token endpoint answers {status}")

    async def _read(self, provider: _Provider, signed: str, expected: id_token.Expected) -> dict[str, Any]:
        try:
            return id_token.read(signed, await self._signing_keys(provider.keys), expected)
        except id_token.UnknownKeyError:
            # The provider may have changed its keys since they were kept.
            keys = await self._signing_keys(provider.keys, fresh=True)
        try:
            return id_token.read(signed, keys, expected)
        except id_token.UnknownKeyError as error:
            raise IdentityProviderError(ProviderFault.TOKEN, "signature") from error

    async def _signing_keys(self, address: str, *, fresh: bool = False) -> tuple[id_token.Key, ...]:
        kept = self._keys.get(address)
        if kept and kept[0] > time.monotonic() and not fresh:
            return kept[1]
        status, document = await self._fetch.get(address)
        keys = id_token.usable_keys(document) if status == _OK else ()
        if not keys:
            raise IdentityProviderError(ProviderFault.UNSUPPORTED, "no key that we can use")
        _keep(self._keys, address, keys)
        return keys

    async def _userinfo(self, provider: _Provider, access: str, subject: str) -> dict[str, Any]:
        status, claims = await self._fetch.get(provider.userinfo, {"Authorization": f"Bearer {access}"})
        # Somebody else's particulars must never be taken for this person's (OpenID Connect Core, 5.3.2).
        if status != _OK or claims.get("sub") != subject:
            raise IdentityProviderError(ProviderFault.TOKEN, "userinfo")
        return claims


def _require_support(document: Mapping[str, Any]) -> None:
    """Refuse a provider that says it cannot do what we insist on; one that says nothing is tried."""
    algorithms = document.get("id_token_signing_alg_values_supported") or ["RS256"]
    supported = (
        "code" in (document.get("response_types_supported") or ["code"])
        and "S256" in (document.get("code_challenge_methods_supported") or ["S256"])
        and any(one in id_token.ALGORITHMS for one in algorithms)
    )
    if not supported:
        raise IdentityProviderError(ProviderFault.UNSUPPORTED, "discovery")


def _identity(issuer: str, claims: Mapping[str, Any], signed: str) -> ProviderIdentity:
    methods = claims.get("amr")
    return ProviderIdentity(
        issuer=issuer,
        subject=claims["sub"],
        email=_text(claims, "email").strip().lower(),
        # Some providers write the boolean as a text.
        email_verified=claims.get("email_verified") in (True, "true"),
        first_name=_text(claims, "given_name"),
        last_name=_text(claims, "family_name"),
        methods=tuple(one for one in methods if isinstance(one, str)) if isinstance(methods, list) else (),
        context=_text(claims, "acr"),
        authenticated_at=_moment(claims.get("auth_time")),
        id_token=signed,
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _moment(seconds: Any) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _with_query(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def _keep(kept: dict[str, tuple[float, Any]], key: str, value: Any) -> None:
    if len(kept) >= _MAX_KEPT:
        kept.clear()
    kept[key] = (time.monotonic() + KEPT_SECONDS, value)
