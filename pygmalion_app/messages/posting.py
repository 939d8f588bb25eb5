"""Saying something in a thread, and telling the others."""

from typing import Final, LiteralString
from uuid import UUID

from pygmalion_app.core.ids import new_id
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.messages import threads
from pygmalion_app.messages.models import Message
from pygmalion_app.messages.schemas import Conversation, PostMessage
from pygmalion_app.notifications.facts import both
from pygmalion_app.notifications.telling import Link, notify

TELL_TASK: Final = "messages.tell"

_LAST: LiteralString = "UPDATE message_threads SET last_at = %(now)s WHERE id = %(thread)s"
_TAKE: LiteralString = """
UPDATE messages m SET told_at = %(now)s FROM message_threads t
LEFT JOIN enrollments e ON e.id = t.enrollment_id
JOIN sessions s ON s.id = coalesce(e.session_id, t.session_id) JOIN courses k ON k.id = s.course_id, users u
WHERE m.id = %(message)s AND m.told_at IS NULL AND t.id = m.thread_id AND u.id = m.author_id
RETURNING t.id AS thread, t.enrollment_id, t.learner_id, t.buyer_user_id, s.id AS session_id, s.trainer_id,
  s.organization_id, m.author_id, m.body, m.created_at, u.first_name, u.last_name, k.title, k.title_en
"""
# Who is told: not the author, nor who has read it already, nor who has not yet looked at what was said before.
_OTHERS: LiteralString = """
SELECT DISTINCT p.id FROM (
  SELECT unnest(%(people)s::uuid[]) AS id
  UNION SELECT user_id FROM enrollments WHERE %(enrollment)s::uuid IS NULL AND session_id = %(session)s
    AND status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED')
  UNION SELECT user_id FROM organization_members WHERE organization_id = %(school)s AND role = 'training_admin'
    AND (%(enrollment)s::uuid IS NOT NULL OR %(trainer)s::uuid IS NULL)
) p
WHERE p.id <> %(author)s
  AND NOT EXISTS (SELECT FROM message_reads r WHERE r.thread_id = %(thread)s AND r.user_id = p.id
    AND r.read_until >= %(at)s)
  AND NOT EXISTS (SELECT FROM notifications n WHERE n.user_id = p.id AND n.read_at IS NULL AND n.topic = 'messages'
    AND n.parameters->>'thread_id' = %(thread)s::text)
ORDER BY p.id
"""


async def post(uow: UnitOfWork, wanted: UUID, command: PostMessage) -> Conversation:
    """Say something in the thread that an id names (its own, an enrolment's, a session's); the others are told.

    Raises NotFoundError, TooManyRequestsError.
    """
    user_id = uow.actor.require_user()
    thread = await threads.thread_of(uow, wanted)
    await hit(Limit.MESSAGE, str(user_id))
    now = uow.clock.now()
    message = Message(id=new_id(), created_at=now, thread_id=thread.id, author_id=user_id, body=command.body)
    uow.session.add(message)
    await uow.session.flush()
    async with uow.elevated():
        await uow.sql(_LAST, now=now, thread=thread.id)
    await threads.mark_read(uow, thread.id)
    # One after the other: the second message of a thread tells nobody whom the first has told.
    await uow.defer(TELL_TASK, lock=f"{TELL_TASK}:{thread.id}", message_id=str(message.id))
    return await threads.conversation(uow, thread.id)


async def tell(uow: UnitOfWork, message_id: UUID) -> None:
    """Tell those who are to read a message, each once; again does nothing."""
    taken = await uow.sql(_TAKE, message=message_id, now=uow.clock.now())
    if not taken:
        return
    said = taken[0]
    people = [said["learner_id"], said["buyer_user_id"], said["trainer_id"]]
    others = await uow.sql(
        _OTHERS,
        people=[person for person in people if person],
        enrollment=said["enrollment_id"],
        session=said["session_id"],
        school=said["organization_id"],
        trainer=said["trainer_id"],
        author=said["author_id"],
        thread=said["thread"],
        at=said["created_at"],
    )
    link = Link("messages-thread", {"thread_id": said["thread"]})
    private = {"author": f"{said['first_name']} {said['last_name']}", "message": said["body"]}
    for other in others:
        facts = {"course": both(said["title"], said["title_en"])}
        await notify(uow, other["id"], "message-received", facts, link, private=private)
