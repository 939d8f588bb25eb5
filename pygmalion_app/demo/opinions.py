"""What the demonstration's participants said of their sessions: the same on every machine, and nobody is mailed."""

from typing import Final, LiteralString

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work

_COMMENTS: Final = (
    "Très concret : j’ai appliqué la procédure dès le lendemain.",
    "Bon rythme, et un formateur qui connaît le terrain.",
    "Il manquait un peu de temps pour les exercices.",
    "Les cas pratiques sur nos propres incidents ont fait la différence.",
)


def _die(name: LiteralString) -> LiteralString:
    """Return a number from 0 to 99 for one thing asked of one seat; the seat's key alone decides it."""
    return "('x' || substr(md5(e.id::text || k.kind || '" + name + "'), 1, 6))::bit(24)::int %% 100"


_ASKED: LiteralString = f"""
WITH asked AS (
  SELECT e.id AS enrollment_id, e.session_id, s.organization_id, e.user_id, k.kind, s.ends_at + k.after AS sent_at,
    {_die("answers")} < k.answers AS answered, {_die("overall")} AS overall, {_die("content")} AS content,
    {_die("other")} AS other, {_die("recommend")} AS recommend, {_die("says")} AS says
  FROM enrollments e JOIN sessions s ON s.id = e.session_id
  CROSS JOIN (VALUES ('hot', interval '1 hour', 72), ('cold', interval '3 months', 48)) k (kind, after, answers)
  WHERE e.present AND s.status <> 'cancelled' AND s.ends_at + k.after <= %(now)s
)
INSERT INTO surveys (id, created_at, enrollment_id, session_id, organization_id, user_id, kind, token_hash, sent_at,
  answered_at, overall, content, trainer, practice, recommend, comment)
SELECT md5(enrollment_id::text || kind)::uuid, sent_at, enrollment_id, session_id, organization_id, user_id, kind,
  sha256(convert_to(enrollment_id::text || kind || gen_random_uuid()::text, 'UTF8')), sent_at,
  CASE WHEN answered THEN sent_at + interval '5 hours' END,
  CASE WHEN answered THEN CASE WHEN overall < 8 THEN 3 WHEN overall < 45 THEN 4 ELSE 5 END END,
  CASE WHEN answered THEN CASE WHEN content < 12 THEN 3 WHEN content < 50 THEN 4 ELSE 5 END END,
  CASE WHEN answered AND kind = 'hot' THEN CASE WHEN other < 5 THEN 3 WHEN other < 30 THEN 4 ELSE 5 END END,
  CASE WHEN answered AND kind = 'cold' THEN CASE WHEN other < 20 THEN 3 WHEN other < 60 THEN 4 ELSE 5 END END,
  CASE WHEN answered THEN CASE WHEN recommend < 10 THEN 6 WHEN recommend < 40 THEN 8 ELSE 9 + recommend %% 2 END END,
  CASE WHEN answered AND says < 16 THEN (%(comments)s::text[])[1 + says %% 4] ELSE '' END
FROM asked ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants


async def opine(container: Container) -> None:
    """Have those who were there answer, most of them."""
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql(_ASKED, now=container.clock.now(), comments=list(_COMMENTS))
