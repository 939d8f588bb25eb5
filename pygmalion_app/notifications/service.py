"""Messages to people: written into the outbox with the change that causes them, sent by a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, LiteralString
from uuid import UUID

from jinja2 import Environment, PackageLoader

from pygmalion_app.core.i18n import translate
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.attachments import Attached

SEND_TASK = "notifications.send_email"
AWAITED: Final = frozenset({"sign-in-code", "password-reset", "email-change-code"})
"""Mails that somebody waits for in front of a page: sent before all others, however many of these wait."""
_FIRST: Final = 1
_WRITE: Final[LiteralString] = """
INSERT INTO outgoing_emails (created_at, id, to_address, subject, text, html, attached, attached_id)
SELECT %(now)s, * FROM unnest(%(ids)s::uuid[], %(to)s::text[], %(subjects)s::text[], %(texts)s::text[],
  %(htmls)s::text[], %(attached)s::text[], %(attached_ids)s::uuid[])
"""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail for the outbox."""

    id: UUID
    template: str
    to_address: str
    subject: str
    text: str
    html: str
    attached: Attached | None


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("pygmalion_app.notifications"), autoescape=True)


async def queue_email(
    uow: UnitOfWork,
    to: str,
    template: str,
    locale: str,
    *,
    path: str | None = None,
    enclosed: Sequence[str] = (),
    attached: Attached | None = None,
    **facts: object,
) -> None:
    """Write a mail (`composed`) in this transaction and queue its sending."""
    await queue_emails(
        uow, [composed(uow, to, template, locale, path=path, enclosed=enclosed, attached=attached, **facts)]
    )


async def queue_emails(uow: UnitOfWork, mails: Sequence[Mail]) -> None:
    """Write mails in this transaction and queue the sending of each: with its next statement, one for all of either."""
    if not mails:
        return
    # The outbox is nobody's to read: whoever causes a mail only adds to it.
    async with uow.elevated():
        uow.send_along(
            _WRITE,
            now=uow.clock.now(),
            ids=[mail.id for mail in mails],
            to=[mail.to_address for mail in mails],
            subjects=[mail.subject for mail in mails],
            texts=[mail.text for mail in mails],
            htmls=[mail.html for mail in mails],
            attached=[mail.attached.kind if mail.attached else "" for mail in mails],
            attached_ids=[mail.attached.id if mail.attached else None for mail in mails],
        )
    for awaited in (True, False):
        jobs = [{"email_id": str(mail.id)} for mail in mails if (mail.template in AWAITED) is awaited]
        await uow.defer_all(SEND_TASK, jobs, priority=_FIRST if awaited else 0)


def composed(
    uow: UnitOfWork,
    to: str,
    template: str,
    locale: str,
    *,
    path: str | None = None,
    enclosed: Sequence[str] = (),
    attached: Attached | None = None,
    **facts: object,
) -> Mail:
    """Return a mail for the outbox, not written yet.

    The words are the messages `mail-<template>-subject`, `-body` (paragraphs apart by an empty line) and, with a
    `path` to lead to, `-action`. `facts` fill them; a fact named `code` is also shown large. Paragraphs `enclosed`
    follow as they are: a document that the reader is to have in hand. What is `attached` is made as it is sent.
    """
    subject = " ".join(translate(locale, f"mail-{template}-subject", **facts).split())
    paragraphs = translate(locale, f"mail-{template}-body", **facts).split("\n\n") + list(enclosed)
    action = translate(locale, f"mail-{template}-action", **facts) if path else ""
    url = f"{uow.settings.base_url}{path}" if path else ""
    footer = translate(locale, "mail-footer")
    html = (
        _templates()
        .get_template("mail.html")
        .render(
            locale=locale,
            subject=subject,
            paragraphs=paragraphs,
            code=facts.get("code"),
            action=action,
            url=url,
            footer=footer,
        )
    )
    text = "\n\n".join([*paragraphs, *([f"{action} : {url}"] if url else []), f"-- \n{footer}"])
    return Mail(new_id(), template, to, subject, text, html, attached)
