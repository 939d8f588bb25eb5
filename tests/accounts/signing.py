"""Being signed in, for tests: sessions made directly, mails read from the embedded mailbox."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from pygmalion_app.accounts import sessions
from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.models import SignInMethod
from pygmalion_app.accounts.schemas import TokensView
from pygmalion_app.adapters.mail.routes import Message, messages
from pygmalion_app.core.actor import ANONYMOUS, Actor
from pygmalion_app.core.unit_of_work import unit_of_work

RunJobs = Callable[[], Awaitable[None]]


@dataclass
class Person:
    """Somebody with an API client."""

    api: httpx.AsyncClient
    tokens: TokensView

    async def call(self, method: str, path: str, **body: object) -> httpx.Response:
        """Call the API as this person."""
        headers = {"Authorization": f"Bearer {self.tokens.access_token}"}
        return await self.api.request(method, f"/auth{path}", json=body or None, headers=headers)

    async def signed_in(self) -> bool:
        """Tell whether the access token still counts."""
        return (await self.call("GET", "/me")).status_code == 200

    async def can_refresh(self) -> bool:
        """Tell whether the refresh token is still worth another."""
        answer = await self.api.post("/auth/refresh", json={"refreshToken": self.tokens.refresh_token})
        return answer.status_code == 200


async def client_of(api: httpx.AsyncClient, actor: Actor, method: SignInMethod = SignInMethod.EMAIL) -> Person:
    """Sign somebody in with a new API client."""
    async with unit_of_work(ANONYMOUS) as uow:
        return Person(api, await sessions.issue_tokens(uow, actor.require_user(), method=method))


async def browser_of(actor: Actor, method: SignInMethod = SignInMethod.EMAIL) -> str:
    """Sign somebody in with a new browser and return its session's token."""
    async with unit_of_work(ANONYMOUS) as uow:
        return await sessions.open_browser_session(uow, actor.require_user(), method=method)


async def browser_is_in(api: httpx.AsyncClient, token: str) -> bool:
    """Tell whether a browser's session is good."""
    return (await api.get("/auth/me", headers={"Cookie": f"{SESSION_COOKIE}={token}"})).status_code == 200


async def mails_to(run_jobs: RunJobs, address: str) -> list[Message]:
    """Send what waits and return somebody's mails, the newest first."""
    await run_jobs()
    await run_jobs()  # a job may have written another mail after the worker looked for the last time
    return await messages(address)


async def last_code(run_jobs: RunJobs, address: str) -> str:
    """Return the six digits of the newest mail to an address."""
    found = re.search(r"\b\d{6}\b", (await mails_to(run_jobs, address))[0].text)
    assert found
    return found[0]


async def last_token(run_jobs: RunJobs, address: str) -> str:
    """Return what stands behind the `#` of the newest mail's link."""
    found = re.search(r"#([\w-]+)", (await mails_to(run_jobs, address))[0].text)
    assert found
    return found[1]
