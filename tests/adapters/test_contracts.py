"""Embedded and real adapters keep the same promises."""

import asyncio
from email.message import EmailMessage
from pathlib import Path

import pytest

from pygmalion_app.adapters.mail.smtp import SmtpMailer
from pygmalion_app.adapters.storage.files import DirectoryFileStore
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import InvalidInputError, NotFoundError, PygmalionError
from pygmalion_app.core.gateway import CheckoutMode, CheckoutRequest
from pygmalion_app.core.ports import Attachment, Email, FileStore
from pygmalion_app.core.unit_of_work import Container, unit_of_work


@pytest.fixture(params=["directory", "ipfs"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """Return an empty store of each kind."""
    return DirectoryFileStore(tmp_path / "files") if request.param == "directory" else request.getfixturevalue("store")


async def test_files_come_back_as_they_went(files: FileStore) -> None:
    await files.put("certificates/a.pdf", b"one")
    await files.put("certificates/a.pdf", b"two")
    assert await files.get("certificates/a.pdf") == b"two"
    await files.delete("certificates/a.pdf")
    await files.delete("certificates/a.pdf")
    with pytest.raises(NotFoundError):
        await files.get("certificates/a.pdf")


@pytest.mark.parametrize("key", ["../secret", "/etc/passwd", "a/../../b", ""])
async def test_files_stay_in_their_folder(files: FileStore, key: str) -> None:
    with pytest.raises(PygmalionError):
        await files.put(key, b"x")
    with pytest.raises((InvalidInputError, NotFoundError)):
        await files.get(key)


async def test_mailbox_delivers_once_per_key(container: Container) -> None:
    from sqlalchemy import text

    email = Email("Ana@Test.example", "Bonjour", "texte", "<p>texte</p>")
    await asyncio.gather(*(container.ports.mailer.send(email, key="k1") for _ in range(5)))
    async with unit_of_work(SYSTEM, container) as uow:
        rows = (await uow.session.execute(text("SELECT to_address FROM mailbox_messages"))).scalars().all()
    assert rows == ["ana@test.example"]


async def test_a_mail_server_is_given_attachments_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[EmailMessage] = []
    monkeypatch.setattr(SmtpMailer, "_deliver", lambda _self, message: sent.append(message))
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Sûreté\r\nEND:VCALENDAR\r\n".encode()
    file = Attachment("formation.ics", "text/calendar; charset=utf-8; method=PUBLISH", calendar)
    email = Email("b@test.example", "s", "t", "<p>t</p>", (file,))
    await SmtpMailer("smtp://localhost:25", "a@test.example").send(email, key="k")
    (part,) = sent[0].iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "formation.ics")
    assert part["Content-Type"].params["method"] == "PUBLISH"
    assert part.get_payload(decode=True) == calendar


async def test_gateway_opens_one_checkout_per_key(container: Container) -> None:
    request = CheckoutRequest(
        reference="r",
        mode=CheckoutMode.PAYMENT,
        amount_cents=100,
        currency="EUR",
        commission_cents=10,
        description="d",
        quantity=1,
        customer_email="a@test.example",
        success_url="/s",
        cancel_url="/c",
        locale="fr",
        expires_at=container.clock.now(),
    )
    gateway = container.ports.payments
    opened = await asyncio.gather(*(gateway.open_checkout(request, idempotency_key="p1") for _ in range(5)))
    assert len({checkout.id for checkout in opened}) == 1
    assert (await gateway.open_checkout(request, idempotency_key="p2")).id != opened[0].id
    assert [await gateway.expire_checkout(opened[0].id) for _ in range(2)] == [True, False]
