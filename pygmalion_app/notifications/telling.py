"""Telling a person something: in the application always, by mail and on their devices as they chose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from pygmalion_app.core.addresses import address
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.attachments import Attached
from pygmalion_app.notifications.facts import Facts, words_of
from pygmalion_app.notifications.kinds import ALWAYS_MAILED, KINDS, Delivery
from pygmalion_app.notifications.push import RING_TASK
from pygmalion_app.notifications.service import queue_email

# One statement: what is sold to many at once tells many at once.
_TELL: Final[LiteralString] = """
WITH person AS (
  SELECT u.id, u.email, u.locale, u.first_name,
    CASE WHEN %(always)s THEN 'at_once' ELSE coalesce(p.delivery, 'at_once') END AS delivery,
    CASE WHEN coalesce(p.push, true) THEN ARRAY(
      SELECT d.id FROM push_subscriptions d JOIN browser_sessions s ON s.id = d.session_id
      WHERE d.user_id = u.id AND s.revoked_at IS NULL
    ) ELSE '{}' END AS devices
  FROM users u LEFT JOIN notification_preferences p ON p.user_id = u.id AND p.topic = %(topic)s
  WHERE u.id = %(user)s AND u.email NOT LIKE '%%@erased.invalid'
), told AS (
  INSERT INTO notifications (id, created_at, user_id, topic, kind, facts, page, parameters, in_digest)
  SELECT %(id)s, %(now)s, id, %(topic)s, %(kind)s, %(facts)s, %(page)s, %(parameters)s, delivery = 'daily'
  FROM person
)
SELECT email, locale, first_name, delivery, devices FROM person
"""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a notification leads: `Link("order", {"order_id": ...})`, a name of `core.addresses` and its parameters."""

    page: str
    parameters: Mapping[str, object] = field(default_factory=dict[str, object])

    def path(self, locale: str) -> str:
        """Return the address in a language; KeyError for an unknown page."""
        return address(self.page, locale, **self.parameters)


async def notify(
    uow: UnitOfWork,
    user_id: UUID,
    kind: str,
    facts: Facts,
    link: Link,
    *,
    private: Facts | None = None,
    enclosed: Callable[[str], Sequence[str]] | None = None,
    attached: Attached | None = None,
) -> None:
    """Tell a person something of a kind that `kinds.KINDS` knows; its mail follows and devices ring if they want it.

    `facts` fill the words of either language (`notifications.facts`); mails also know the person's `first_name`. What
    names somebody else is not kept here: `private` facts, and the paragraphs that `enclosed` returns in a language,
    stand in the mail alone, and so does what is `attached`. Somebody whose account was erased is told nothing.
    KeyError for an unknown kind.
    """
    topic = KINDS[kind]
    async with uow.elevated():
        await uow.session.flush()
        rows = await uow.sql(
            _TELL,
            id=(notification := new_id()),
            now=uow.clock.now(),
            user=user_id,
            topic=topic.value,
            always=topic in ALWAYS_MAILED,
            kind=kind,
            facts=Jsonb(dict(facts)),
            page=link.page,
            parameters=Jsonb({name: str(value) for name, value in link.parameters.items()}),
        )
        if not rows:
            return
        for device in rows[0]["devices"]:
            await uow.defer(RING_TASK, notification_id=str(notification), subscription_id=str(device))
        if rows[0]["delivery"] != Delivery.AT_ONCE:
            return
        locale = rows[0]["locale"]
        words = {"first_name": rows[0]["first_name"]} | words_of(locale, {**facts, **(private or {})})
        paragraphs = enclosed(locale) if enclosed else ()
        await queue_email(
            uow,
            rows[0]["email"],
            kind,
            locale,
            path=link.path(locale),
            enclosed=paragraphs,
            attached=attached,
            **words,
        )
