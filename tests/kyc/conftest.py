"""Fixtures of the identity checks' tests."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import TypeAlias
from uuid import UUID

import pytest

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.kyc import documents, policy, review, service
from pygmalion_app.kyc.inspection import service as inspection
from pygmalion_app.kyc.inspection.verdict import Clean
from pygmalion_app.kyc.models import DocumentKind
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.schemas import CaseView, Decide, Decision, DocumentView, UploadDocument
from tests.cast import Cast
from tests.clock import day_in_france
from tests.ui_private.conftest import _pages, open_as, visit  # noqa: F401 - these screens are private too

Send: TypeAlias = Callable[[Actor, Subject, DocumentKind], Awaitable[DocumentView]]
Submitted: TypeAlias = Callable[[Actor, Subject], Awaitable[UUID]]
CONTENT = b"%PDF-1.4 a document that was looked at elsewhere"
KINDS = {
    "person": (DocumentKind.PASSPORT,),
    "training": (
        DocumentKind.REGISTRATION,
        DocumentKind.NDA_DECLARATION,
        DocumentKind.QUALIOPI_CERTIFICATE,
        DocumentKind.BANK_DETAILS,
    ),
    "company": (DocumentKind.REGISTRATION,),
}


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare these tests the process that looks at documents; `test_inspection` and `test_uploads` have it."""

    async def inspect(content: bytes) -> Clean:
        return Clean("application/pdf", 2, content)

    async def page_picture(content: bytes, page: int) -> bytes:
        return b"picture %d" % page

    monkeypatch.setattr(inspection, "inspect", inspect)
    monkeypatch.setattr(inspection, "page_picture", page_picture)


def far(container: Container, days: int = 400) -> date:
    """Return a day far ahead."""
    return day_in_france(container.clock.now() + timedelta(days=days))


@pytest.fixture
def send(container: Container, looked_at: None) -> Send:
    """Return what sends a document that is valid for 400 days."""

    async def send_one(actor: Actor, subject: Subject, kind: DocumentKind) -> DocumentView:
        command = UploadDocument(kind=kind, file_name="scan.pdf", valid_until=far(container))
        return await documents.upload(actor, subject, command, CONTENT)

    return send_one


@pytest.fixture
def submitted(container: Container, send: Send) -> Submitted:
    """Return what completes and submits a case, and gives its id."""

    async def submit(actor: Actor, subject: Subject) -> UUID:
        async with unit_of_work(actor, container) as uow:
            kind = (await service.case_of(uow, subject)).subject
        for one in KINDS[kind.value]:
            await send(actor, subject, one)
        async with unit_of_work(actor, container) as uow:
            view = await service.submit(uow, subject)
        assert view.id is not None
        return view.id

    return submit


async def view(container: Container, actor: Actor, subject: Subject) -> CaseView:
    """Return a case as its subject sees it."""
    async with unit_of_work(actor, container) as uow:
        return await service.case_of(uow, subject)


async def decided(container: Container, reviewer: Actor, case_id: UUID, command: Decide | None = None) -> None:
    """Take a case and decide it: approved, if nothing else is asked."""
    async with unit_of_work(reviewer, container) as uow:
        await review.take(uow, case_id)
    async with unit_of_work(reviewer, container) as uow:
        await review.decide(uow, case_id, command or Decide(decision=Decision.APPROVE))


@pytest.fixture
def lea(cast: Cast) -> Subject:
    """Return Lea's own identity."""
    return policy.oneself(cast.lea)


@pytest.fixture
def rival(cast: Cast) -> Subject:
    """Return the stranger's company, which nobody has verified yet."""
    return Subject(organization_id=cast.stranger.memberships[0].organization_id)
