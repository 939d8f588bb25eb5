"""Rows of the installation that benchmarks read: courses, sessions, certificates."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import psycopg

from pygmalion_app import bootstrap
from pygmalion_app.certificates.issuing import issue
from pygmalion_app.certificates.sealing import open_token
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.benchmarks.stack import Stack

CERTIFICATES = 200
ANCHOR_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Subjects:
    """Addresses' variable parts, many of each so that no single row is hot."""

    slugs: list[str]
    sessions: list[str]


def settings_of(stack: Stack) -> Settings:
    """Return the settings under which the installation runs."""
    return Settings(
        _env_file=stack.home.secrets,  # pyright: ignore[reportCallIssue]
        pygmalion_home=stack.home.root,
        database_url=stack.database_url,  # pyright: ignore[reportArgumentType]
        port=stack.port,
    )


def read(stack: Stack) -> Subjects:
    """Return the large data's courses, and a thousand sessions to come."""
    with psycopg.connect(stack.database_url) as connection:
        slugs = connection.execute(
            "SELECT slug FROM courses WHERE status = 'published' AND slug LIKE 'centre-%' ORDER BY md5(slug)"
        ).fetchall()
        sessions = connection.execute(
            """SELECT id::text FROM sessions WHERE status = 'scheduled' AND starts_at > now()
            ORDER BY md5(id::text) LIMIT 1000"""
        ).fetchall()
    return Subjects([row[0] for row in slugs], [row[0] for row in sessions])


def verification_tokens(stack: Stack) -> list[str]:
    """Return tokens of anchored certificates, the first time issuing them for completed enrolments of the data."""
    return asyncio.run(_tokens(stack))


async def _tokens(stack: Stack) -> list[str]:
    settings = settings_of(stack)
    async with bootstrap.running(bootstrap.build(settings)) as parts:
        found = await _anchored(parts)
        if len(found) < CERTIFICATES:
            print(f"issuing and anchoring {CERTIFICATES} certificates, once ...", flush=True)
            await _issue(parts)
        deadline = time.monotonic() + ANCHOR_SECONDS
        while len(found) < CERTIFICATES and time.monotonic() < deadline:
            await asyncio.sleep(0.5)
            found = await _anchored(parts)
    if len(found) < CERTIFICATES:
        raise RuntimeError(f"only {len(found)} of {CERTIFICATES} certificates were anchored in {ANCHOR_SECONDS} s")
    return [open_token(settings, row["id"], row["token_sealed"]) for row in found]


async def _issue(parts: Container) -> None:
    async with unit_of_work(SYSTEM, parts) as uow:
        wanted = await uow.sql(
            """SELECT e.id FROM enrollments e LEFT JOIN certificates c ON c.enrollment_id = e.id
            WHERE e.status = 'COMPLETED' AND e.present AND e.passed AND c.id IS NULL ORDER BY e.id LIMIT %(count)s""",
            count=CERTIFICATES,
        )
    for row in wanted:
        await issue(row["id"], parts)


async def _anchored(parts: Container) -> list[dict[str, Any]]:
    async with unit_of_work(SYSTEM, parts) as uow:
        return await uow.sql(
            """SELECT c.id, c.token_sealed FROM certificates c JOIN chain_operations o ON o.batch_id = c.batch_id
            WHERE o.status = 'FINAL' AND c.revoked_at IS NULL ORDER BY c.id LIMIT %(count)s""",
            count=CERTIFICATES,
        )
