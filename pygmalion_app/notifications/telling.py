"""Telling a person something: in the application always, by mail and on their devices as they chose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from pygmalion_app.core.addresses import address
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.attachments import Attached
from pygmalion_app.notifications.facts import Facts, words_of
from pygmalion_app.notifications.kinds import ALWAYS_MAILED, KINDS, Delivery
from pygmalion_app.notifications.push import RING_TASK
from pygmalion_app.notifications.service import Mail, composed, queue_emails

# One statement: what is sold to many at once tells many at once.
_TELL: Final[LiteralString] = """
WITH asked AS (
  SELECT * FROM unnest(%(ids)s::uuid[], %(users)s::uuid[], %(facts)s::jsonb[])
    WITH ORDINALITY AS a (notification_id, user_id, facts, place)
), person AS (
  SELECT a.*, u.email, u.locale, u.first_name,
    CASE WHEN %(always)s THEN 'at_once' ELSE coalesce(p.delivery, 'at_once') END AS delivery,
    CASE WHEN coalesce(p.push, true) THEN ARRAY(
      SELECT d.id FROM push_subscriptions d JOIN browser_sessions s ON s.id = d.session_id
      WHERE d.user_id = u.id AND s.revoked_at IS NULL
    ) ELSE '{}' END AS devices
  FROM asked a JOIN users u ON u.id = a.user_id
    LEFT JOIN notification_preferences p ON p.user_id = u.id AND p.topic = %(topic)s
  WHERE u.email NOT LIKE '%%@erased.invalid'
), told AS (
  INSERT INTO notifications (id, created_at, user_id, topic, kind, facts, page, parameters, in_digest)
  SELECT notification_id, %(now)s, user_id, %(topic)s, %(kind)s, facts, %(page)s, %(parameters)s, delivery = 'daily'
  FROM person ORDER BY place
)
SELECT place - 1 AS place, notification_id, email, locale, first_name, delivery, devices FROM person ORDER BY place
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
    await notify_all(uow, kind, [(user_id, facts)], link, private=private, enclosed=enclosed, attached=attached)


async def notify_all(
    uow: UnitOfWork,
    kind: str,
    people: Sequence[tuple[UUID, Facts]],
    link: Link,
    *,
    private: Facts | None = None,
    enclosed: Callable[[str], Sequence[str]] | None = None,
    attached: Attached | None = None,
) -> None:
    """Tell each of some people, whose facts may differ, as `notify` does: with as many statements as for one."""
    topic = KINDS[kind]
    async with uow.elevated():
        await uow.session.flush()
        told = await uow.sql(
            _TELL,
            ids=[new_id() for _ in people],
            now=uow.clock.now(),
            users=[user_id for user_id, _ in people],
            topic=topic.value,
            always=topic in ALWAYS_MAILED,
            kind=kind,
            facts=[Jsonb(dict(facts)) for _, facts in people],
            page=link.page,
            parameters=Jsonb({name: str(value) for name, value in link.parameters.items()}),
        )
        for row in told:
            for device in row["devices"]:
                notification = str(row["notification_id"])
                await uow.defer(RING_TASK, notification_id=notification, subscription_id=str(device))

        def mail(row: dict[str, Any]) -> Mail:
            locale: str = row["locale"]
            place: int = row["place"]
            facts = people[place][1]
            words: dict[str, Any] = {"first_name": row["first_name"], **words_of(locale, {**facts, **(private or {})})}
            more = enclosed(locale) if enclosed else ()
            path = link.path(locale)
            return composed(uow, row["email"], kind, locale, path=path, enclosed=more, attached=attached, **words)

        await queue_emails(uow, [mail(row) for row in told if row["delivery"] == Delivery.AT_ONCE])
