"""Certificates with their credentials, and what a verifier on the internet can fetch of ours."""

import fcntl
import json
import subprocess
import sys
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from pygmalion_app.certificates import revocation
from pygmalion_app.certificates.credentials.addresses import organization_did
from pygmalion_app.certificates.models import Certificate, RevocationReason
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.certificates.conftest import enroll
from tests.nodes import node

__all__ = ["enroll"]

FOLDER = Path(__file__).parent
SLUG = "ecole-du-ciel"


def decoded(text: str) -> bytes:
    """Return what base64url without padding stands for."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def certificate(parts: Container, certificate_id: UUID) -> Certificate:
    """Return a certificate's row."""
    async with unit_of_work(SYSTEM, parts) as uow:
        return await uow.session.get_one(Certificate, certificate_id)


async def revoke(parts: Container, certificate_id: UUID) -> None:
    """Take a certificate back."""
    async with unit_of_work(SYSTEM, parts) as uow:
        row = await uow.session.get_one(Certificate, certificate_id, with_for_update=True)
        await revocation.take_back(uow, row, RevocationReason.FRAUD, "", None)


@dataclass
class Published:
    """What we publish for verifiers, fetched over HTTP once and handed to programs that do not wait."""

    parts: Container
    client: httpx.AsyncClient
    pages: dict[str, bytes] = field(default_factory=dict)

    @property
    def did(self) -> str:
        """The school's DID."""
        return organization_did(self.parts.settings, SLUG)

    async def fetch(self, address: str) -> bytes:
        """Fetch one address of ours, and keep it."""
        answer = await self.client.get(address.removeprefix(self.parts.settings.base_url))
        assert answer.status_code == 200, answer.text
        self.pages[address] = answer.content
        return answer.content

    async def documents(self, *credentials: dict[str, Any]) -> dict[str, Any]:
        """Return the DID document and the status lists of credentials, by name."""
        found = {self.did: json.loads(await self.fetch(f"/organisations/{SLUG}/did.json"))}
        for credential in credentials:
            address = credential["credentialStatus"]["statusListCredential"]
            found[address] = json.loads(await self.fetch(address))
        return found

    def download(self, url: str) -> bytes:
        """Fetch as openbadgeslib does: from https, whatever the address of this test's server is."""
        path = url.partition("://")[2].partition("/")[2]
        return next(page for address, page in self.pages.items() if address.endswith(f"/{path}"))


@pytest.fixture
def published(container: Container, client: httpx.AsyncClient) -> Published:
    """Return what verifiers can fetch."""
    return Published(container, client)


@pytest.fixture(scope="session")
def programs() -> Path:
    """Return the folder with others' programs installed."""
    with (FOLDER / ".npm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (FOLDER / "node_modules" / ".package-lock.json").exists():
            npm = Path(sys.executable).parent / "npm"
            command = [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"]
            subprocess.run(command, cwd=FOLDER, check=True, timeout=280)
    return FOLDER


def ask(folder: Path, questions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Ask others' programs, all questions in one process."""
    job = json.dumps({"schema": "ob_v3p0_achievementcredential_schema.json", "questions": questions})
    command = [node(), "verify.mjs"]
    done = subprocess.run(command, cwd=folder, input=job, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
