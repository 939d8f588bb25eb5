"""What the tests of organisations share."""

import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import httpx
import pytest
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.notifications.models import OutgoingEmail
from tests.cast import add_person
from tests.catalog.test_formations_api import V1, bearer

Call: TypeAlias = Callable[..., Awaitable[httpx.Response]]
Newcomer: TypeAlias = Callable[..., Awaitable[Actor]]
Letters: TypeAlias = Callable[[str], Awaitable[list[OutgoingEmail]]]


@pytest.fixture
def call(client: httpx.AsyncClient, container: Container) -> Call:
    """Return what sends one request to the API as somebody, or as a stranger."""

    async def request(actor: Actor | None, method: str, path: str, **more: object) -> httpx.Response:
        headers = bearer(container, actor) if actor else {}
        headers |= dict(more.pop("headers", {}))  # pyright: ignore[reportCallIssue, reportArgumentType]
        return await client.request(method.upper(), f"{V1}{path}", headers=headers, **more)  # pyright: ignore[reportArgumentType]

    return request


@pytest.fixture
def newcomer(container: Container) -> Newcomer:
    """Return what adds an active account, with roles if wanted."""

    async def add(name: str, *roles: tuple[object, Role]) -> Actor:
        async with unit_of_work(SYSTEM, container) as uow:
            return await add_person(uow, name, *roles)  # pyright: ignore[reportArgumentType]

    return add


@pytest.fixture
def letters(container: Container) -> Letters:
    """Return what reads the mails written to an address, latest first."""

    async def read(address: str) -> list[OutgoingEmail]:
        async with unit_of_work(SYSTEM, container) as uow:
            rows = await uow.session.execute(
                select(OutgoingEmail)
                .where(col(OutgoingEmail.to_address) == address)
                .order_by(col(OutgoingEmail.id).desc())
            )
            return list(rows.scalars())

    return read


def token_in(letter: OutgoingEmail) -> str:
    """Return the secret of an invitation's link."""
    found = re.search(r"/invitations/([\w-]+)", letter.text)
    assert found
    return found[1]
