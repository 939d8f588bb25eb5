"""A provider on loopback that a test makes say anything: wrong tokens, strange descriptions, silence, redirects."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.servers import free_port
from tests.sso.peer import CLIENT_ID, signing_key


@dataclass
class Forger:
    """What it says next. `claims` are laid over honest ones; None leaves a claim out."""

    port: int
    key: RSAKey | ECKey = field(default_factory=lambda: signing_key("one"))
    published: list[dict[str, Any]] | None = None
    """The JWKS; the signing key's public half if None."""
    algorithm: str = "RS256"
    shared: bytes = b""
    """What HS256 signs with."""
    header: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    document: dict[str, Any] = field(default_factory=dict)
    whole: Response | None = None
    """What it answers to everything, in place of all else."""
    token_answer: Response | None = None
    id_token: str | None = None
    """The token to give, in place of a signed one."""
    nonce: str = ""
    calls: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        """Its name."""
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator["Forger"]:
        """Serve one."""
        forger = cls(free_port())
        routes = [
            Route("/.well-known/openid-configuration", forger._describe),
            Route("/keys", forger._keys),
            Route("/token", forger._token, methods=["POST"]),
            Route("/me", forger._me),
            Route("/elsewhere", forger._describe),
        ]
        config = uvicorn.Config(Starlette(routes=routes), port=forger.port, log_level="critical", lifespan="off")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it by this flag only
            await asyncio.sleep(0.01)
        try:
            yield forger
        finally:
            server.should_exit = True
            await task

    def answer_to(self, url: str, **query: str) -> str:
        """Return where it sends the browser that came to it by `url`, remembering the nonce."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.nonce = asked["nonce"]
        return f"{asked['redirect_uri']}?code=a-code&state={asked['state']}&iss={self.issuer}" + "".join(
            f"&{name}={value}" for name, value in query.items()
        )

    async def _describe(self, request: Request) -> Response:
        self.calls.append(request.url.path)
        if self.whole is not None:
            return self.whole
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/me",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        } | self.document
        return JSONResponse({name: value for name, value in said.items() if value is not None})

    async def _keys(self, _: Request) -> Response:
        self.calls.append("/keys")
        if self.published is not None:
            return JSONResponse({"keys": self.published})
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _me(self, _: Request) -> Response:
        return JSONResponse(self.userinfo or {})

    async def _token(self, _: Request) -> Response:
        self.calls.append("/token")
        if self.token_answer is not None:
            return self.token_answer
        return JSONResponse(
            {
                "access_token": "an-access-token",
                "token_type": "Bearer",
                "id_token": self.token() if self.id_token is None else self.id_token,
            }
        )

    def token(self) -> str:
        """Return the ID token that it would give now."""
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "sub": "mallory",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "email": "ines@escale.example",
            "email_verified": True,
            "given_name": "Inès",
            "family_name": "Roux",
        } | self.claims
        claims = {name: value for name, value in said.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.key.kid} | self.header
        if self.algorithm in {"none", "HS256"}:
            parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in (header, claims)]
            signed = hmac.digest(self.shared, b".".join(parts), "sha256") if self.algorithm == "HS256" else b""
            return b".".join([*parts, base64.urlsafe_b64encode(signed).rstrip(b"=")]).decode()
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])


def hash_of(access_token: str) -> str:
    """Return the `at_hash` of an access token under a 256-bit signature."""
    digest = hashlib.sha256(access_token.encode()).digest()
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def redirecting(to: str) -> Response:
    """Return an answer that leads elsewhere."""
    return RedirectResponse(to)
