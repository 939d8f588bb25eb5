"""Messages to people: written into the outbox with the change that causes them, sent by a job."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader

from pygmalion_app.core.i18n import translate
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.attachments import Attached
from pygmalion_app.notifications.models import OutgoingEmail

SEND_TASK = "notifications.send_email"


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
    mail = composed(uow, to, template, locale, path=path, enclosed=enclosed, attached=attached, **facts)
    # The outbox is nobody's to read: whoever causes a mail only adds to it.
    async with uow.elevated():
        uow.session.add(mail)
    await uow.defer(SEND_TASK, email_id=str(mail.id))


async def queue_emails(uow: UnitOfWork, mails: Sequence[OutgoingEmail]) -> None:
    """Write mails in this transaction and queue the sending of each, with a statement for all of either."""
    async with uow.elevated():
        uow.session.add_all(mails)
    await uow.defer_all(SEND_TASK, [{"email_id": str(mail.id)} for mail in mails])


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
) -> OutgoingEmail:
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
    return OutgoingEmail(
        id=new_id(),
        created_at=uow.clock.now(),
        to_address=to,
        subject=subject,
        text=text,
        html=html,
        attached=attached.kind if attached else "",
        attached_id=attached.id if attached else None,
    )
