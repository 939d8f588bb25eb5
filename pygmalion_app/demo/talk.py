"""What is said in the demonstration about the learner's next session, and what the learner was told of it.

Nobody is mailed: the demonstration's mailbox begins with what its visitors do.
"""

from datetime import datetime, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.demo.ids import demo_id
from pygmalion_app.demo.people import Cast
from pygmalion_app.notifications.facts import both, days
from pygmalion_app.notifications.kinds import KINDS

_SEAT: LiteralString = """
SELECT e.id, e.session_id, e.buyer_user_id, e.buyer_organization_id, e.seller_organization_id,
  s.trainer_id, s.starts_at, s.ends_at, s.time_zone, s.location, k.title, k.title_en, o.name AS organization
FROM enrollments e JOIN sessions s ON s.id = e.session_id JOIN courses k ON k.id = e.course_id
JOIN organizations o ON o.id = s.organization_id
WHERE e.user_id = %(learner)s AND e.status = 'CONFIRMED' AND s.starts_at > %(now)s AND s.trainer_id IS NOT NULL
ORDER BY s.starts_at, e.id LIMIT 1
"""
_THREAD: LiteralString = """
INSERT INTO message_threads (id, created_at, session_id, enrollment_id, learner_id, buyer_user_id,
  buyer_organization_id, seller_organization_id, last_at)
VALUES (%(id)s, %(at)s, %(session)s, %(seat)s, %(learner)s, %(buyer)s, %(company)s, %(school)s, %(at)s)
ON CONFLICT DO NOTHING
"""
_MESSAGE: LiteralString = """
INSERT INTO messages (id, created_at, thread_id, author_id, body, told_at)
VALUES (%(id)s, %(at)s, %(thread)s, %(author)s, %(body)s, %(at)s)
"""
_TOLD: LiteralString = """
INSERT INTO notifications (id, created_at, user_id, topic, kind, facts, page, parameters, read_at, in_digest)
VALUES (%(id)s, %(at)s, %(user)s, %(topic)s, %(kind)s, %(facts)s, %(page)s, %(parameters)s, %(read_at)s, false)
"""
_ABOUT_THE_SEAT: Final = (
    ("learner", "Bonjour, je viens en voiture : où puis-je me garer ?"),
    (
        "school",
        "Bonjour Camille, le parking P4 est gratuit pour les stagiaires. Présentez votre convocation à la barrière.",
    ),
    ("learner", "Parfait, merci !"),
)
_TO_ALL = (
    "Bonjour à toutes et à tous, pensez à votre pièce d’identité et à votre badge : nous passons en zone réservée."
)


async def talk(container: Container, cast: Cast) -> None:
    """Let learner, school and trainer write to one another."""
    now, learner = container.clock.now(), cast.accounts["learner"]
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql(_SEAT, learner=learner, now=now)
        if not rows:
            return
        seat = rows[0]
        speakers = {"learner": learner, "school": cast.accounts["of"]}
        said = [(speakers[who], body) for who, body in _ABOUT_THE_SEAT]
        own = await _thread(uow, seat, learner, now - timedelta(days=2))
        await _say(uow, own, said, now - timedelta(days=2))
        everybody = await _thread(uow, seat, None, now - timedelta(hours=5))
        await _say(uow, everybody, [(seat["trainer_id"], _TO_ALL)], now - timedelta(hours=5))
        course = both(seat["title"], seat["title_en"])
        dates = days(seat["starts_at"], seat["ends_at"], seat["time_zone"])
        call = {"course": course, "organization": seat["organization"], "dates": dates, "place": seat["location"]}
        await _tell(uow, learner, "convocation", call, "training", now, read=True)
        link = {"thread_id": str(everybody)}
        await _tell(uow, learner, "message-received", {"course": course}, "messages-thread", now, link)


async def _thread(uow: UnitOfWork, seat: dict[str, Any], learner: UUID | None, at: datetime) -> UUID:
    """Begin the thread of the learner's seat, or without a learner the session's."""
    thread = demo_id("thread", str(seat["id"] if learner else seat["session_id"]))
    await uow.sql(
        _THREAD,
        id=thread,
        at=at,
        session=seat["session_id"],
        seat=seat["id"] if learner else None,
        learner=learner,
        buyer=seat["buyer_user_id"] if learner else None,
        company=seat["buyer_organization_id"] if learner else None,
        school=seat["seller_organization_id"],
    )
    return thread


async def _say(uow: UnitOfWork, thread: UUID, said: list[tuple[UUID, str]], at: datetime) -> None:
    for number, (author, body) in enumerate(said):
        later = at + timedelta(minutes=20 * number)
        await uow.sql(_MESSAGE, id=new_id(), at=later, thread=thread, author=author, body=body)


async def _tell(
    uow: UnitOfWork,
    user: UUID,
    kind: str,
    facts: dict[str, Any],
    page: str,
    at: datetime,
    parameters: dict[str, str] | None = None,
    *,
    read: bool = False,
) -> None:
    await uow.sql(
        _TOLD,
        id=new_id(),
        at=at,
        user=user,
        topic=KINDS[kind].value,
        kind=kind,
        facts=Jsonb(facts),
        page=page,
        parameters=Jsonb(parameters or {}),
        read_at=at if read else None,
    )
