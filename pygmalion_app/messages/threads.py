"""Reading threads: which are whose, what was said, how far one has read.

An enrolment's thread is its learner's, its buyer's and the school's; a session's is that of all who take part in it and
of the school. A school is here its administrators and the session's own trainer. For everybody else, the platform's
administrators included, a thread does not exist.
"""

from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.messages.schemas import Conversation, MessageView, Side, ThreadView

MOST_THREADS: Final = 100
MOST_MESSAGES: Final = 100

_TAKES_PART: LiteralString = """EXISTS (SELECT FROM enrollments p WHERE p.session_id = s.id AND p.user_id = %(me)s
    AND p.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED'))"""
_OF_SCHOOL: LiteralString = """(s.organization_id = ANY (%(runs)s::uuid[])
    OR (s.trainer_id = %(me)s AND s.organization_id = ANY (%(trains)s::uuid[])))"""
_MINE: LiteralString = f"""(CASE WHEN t.enrollment_id IS NULL THEN {_TAKES_PART}
    ELSE t.learner_id = %(me)s OR t.buyer_user_id = %(me)s OR t.buyer_organization_id = ANY (%(buys)s::uuid[]) END
  OR {_OF_SCHOOL})"""
# A seat may have moved: its thread goes with it.
_THREADS: LiteralString = f"""
SELECT t.id, s.id AS session_id, t.enrollment_id, k.title AS course_title,
  coalesce(nullif(k.title_en, ''), k.title) AS course_title_en, o.name AS organization_name,
  coalesce(concat_ws(' ', u.first_name, u.last_name), '') AS learner_name, s.starts_at, s.ends_at, s.time_zone,
  t.last_at, coalesce(m.body, '') AS last_body, coalesce(m.author_id = %(me)s, false) AS last_mine,
  (SELECT count(*) FROM messages x WHERE x.thread_id = t.id AND x.author_id <> %(me)s
    AND x.created_at > coalesce(r.read_until, '-infinity')) AS unread,
  ({_TAKES_PART} OR {_OF_SCHOOL}) AS in_session
FROM message_threads t LEFT JOIN enrollments e ON e.id = t.enrollment_id
JOIN sessions s ON s.id = coalesce(e.session_id, t.session_id) JOIN courses k ON k.id = s.course_id
JOIN organizations o ON o.id = s.organization_id LEFT JOIN users u ON u.id = t.learner_id
LEFT JOIN message_reads r ON r.thread_id = t.id AND r.user_id = %(me)s
LEFT JOIN LATERAL (SELECT body, author_id FROM messages WHERE thread_id = t.id ORDER BY id DESC LIMIT 1) m ON true
WHERE {_MINE} AND CASE WHEN %(wanted)s::uuid IS NULL THEN t.last_at IS NOT NULL
  ELSE t.id = %(wanted)s OR (t.enrollment_id = %(wanted)s AND t.learner_id = e.user_id)
    OR (t.session_id = %(wanted)s AND t.enrollment_id IS NULL) END
ORDER BY t.last_at DESC NULLS LAST, t.id DESC LIMIT %(most)s
"""  # noqa: S608 - constants
# Whose thread may begin: the same people as above, before there is one.
_BEGIN: LiteralString = f"""
INSERT INTO message_threads (id, created_at, session_id, enrollment_id, learner_id, buyer_user_id,
  buyer_organization_id, seller_organization_id)
SELECT %(id)s, %(now)s, s.id, e.id, e.user_id, e.buyer_user_id, e.buyer_organization_id, s.organization_id
FROM enrollments e JOIN sessions s ON s.id = e.session_id
WHERE e.id = %(wanted)s AND (e.user_id = %(me)s OR e.buyer_user_id = %(me)s
  OR e.buyer_organization_id = ANY (%(buys)s::uuid[]) OR {_OF_SCHOOL})
UNION ALL
SELECT %(id)s, %(now)s, s.id, NULL, NULL, NULL, NULL, s.organization_id FROM sessions s
WHERE s.id = %(wanted)s AND ({_TAKES_PART} OR {_OF_SCHOOL})
ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants
_MESSAGES: LiteralString = """
SELECT m.id, m.created_at, m.body, m.author_id = %(me)s AS mine, u.first_name, u.last_name,
  m.author_id = t.learner_id AS of_learner, EXISTS (SELECT FROM organization_members o
    WHERE o.user_id = m.author_id AND o.organization_id = t.seller_organization_id) AS of_school
FROM messages m JOIN message_threads t ON t.id = m.thread_id JOIN users u ON u.id = m.author_id
WHERE m.thread_id = %(thread)s AND (%(before)s::uuid IS NULL OR m.id < %(before)s)
ORDER BY m.id DESC LIMIT %(most)s
"""
_READ: LiteralString = """
INSERT INTO message_reads (id, created_at, thread_id, user_id, read_until)
VALUES (%(id)s, %(now)s, %(thread)s, %(me)s, %(now)s)
ON CONFLICT (thread_id, user_id) DO UPDATE SET read_until = greatest(message_reads.read_until, excluded.read_until)
"""
# Whoever reads the thread has read what told of it.
_TOLD: LiteralString = """
UPDATE notifications SET read_at = %(now)s WHERE user_id = %(me)s AND read_at IS NULL AND topic = 'messages'
  AND parameters->>'thread_id' = %(thread)s::text
"""


async def my_threads(uow: UnitOfWork) -> tuple[ThreadView, ...]:
    """Return the caller's threads in which something was said, the latest first."""
    async with uow.elevated():
        rows = await uow.sql(_THREADS, **_about(uow), wanted=None, most=MOST_THREADS)
    return tuple(ThreadView(**row) for row in await _judged(uow, rows))


async def thread_of(uow: UnitOfWork, wanted: UUID) -> ThreadView:
    """Return the thread that an id names: its own, an enrolment's or a session's, begun where there is none yet.

    NotFoundError to those whose it is not.
    """
    asked: dict[str, Any] = {**_about(uow), "wanted": wanted}
    async with uow.elevated():
        rows = await uow.sql(_THREADS, **asked, most=1)
        if not rows:
            await uow.sql(_BEGIN, **asked, id=new_id(), now=uow.clock.now())
            rows = await uow.sql(_THREADS, **asked, most=1)
    judged = await _judged(uow, rows)
    if not judged:
        raise NotFoundError(thread=str(wanted))
    return ThreadView(**judged[0])


async def _judged(uow: UnitOfWork, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those threads that the database shows the caller too; the names beside them are not the caller's rows."""
    ids = [row["id"] for row in rows]
    shown = {row["id"] for row in await uow.sql("SELECT id FROM message_threads WHERE id = ANY (%(ids)s)", ids=ids)}
    return [row for row in rows if row["id"] in shown]


async def conversation(
    uow: UnitOfWork, wanted: UUID, *, before: UUID | None = None, limit: int = MOST_MESSAGES
) -> Conversation:
    """Return a thread with its newest messages, those older than `before` where it is given. NotFoundError."""
    thread = await thread_of(uow, wanted)
    asked = {"me": uow.actor.require_user(), "thread": thread.id, "before": before, "most": limit + 1}
    # The names of those who speak are no rows of the reader's.
    async with uow.elevated():
        rows = await uow.sql(_MESSAGES, **asked)
    shown = tuple(_message(row, thread) for row in reversed(rows[:limit]))
    return Conversation(thread=thread, messages=shown, older=len(rows) > limit)


async def mark_read(uow: UnitOfWork, wanted: UUID) -> None:
    """Note that the caller has read a thread until now, and what told of it. NotFoundError."""
    thread = await thread_of(uow, wanted)
    asked = {"me": uow.actor.require_user(), "thread": thread.id, "now": uow.clock.now()}
    await uow.sql(_READ, **asked, id=new_id())
    await uow.sql(_TOLD, **asked)


def _about(uow: UnitOfWork) -> dict[str, Any]:
    actor = uow.actor
    return {
        "me": actor.require_user(),
        "buys": list(actor.organizations_with(Permission.ENROLLMENT_CREATE)),
        "runs": list(actor.organizations_with(Permission.SESSION_UPDATE)),
        "trains": list(actor.organizations_with(Permission.SESSION_READ_ENROLLMENTS)),
    }


def _message(row: dict[str, Any], thread: ThreadView) -> MessageView:
    side = Side.SCHOOL if row["of_school"] else Side.BUYER
    if row["of_learner"] or (thread.enrollment_id is None and not row["of_school"]):
        side = Side.LEARNER
    last = row["last_name"]
    if thread.enrollment_id is None and side is Side.LEARNER:
        last = f"{last[:1]}." if last else ""
    return MessageView(
        id=row["id"],
        created_at=row["created_at"],
        author_name=f"{row['first_name']} {last}".strip(),
        side=side,
        mine=row["mine"],
        body=row["body"],
    )
