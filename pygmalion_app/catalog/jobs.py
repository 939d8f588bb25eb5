"""Upkeep of the search: what changes because time passes, not because somebody writes."""

from procrastinate import RetryStrategy
from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work

_retry = RetryStrategy(max_attempts=3, wait=60)

# Keys in order, so that two runs (or a run and a bulk load) never wait for each other in a circle.
_REFRESH = text("""
SELECT refresh_course_documents(ARRAY (
  SELECT course_id FROM course_documents WHERE next_starts_at <= now() ORDER BY course_id))
""")
_FORGET_WORDS = text("""
DELETE FROM search_words w WHERE NOT EXISTS (
  SELECT FROM ts_stat('SELECT words FROM course_documents') AS used WHERE used.word = w.word)
""")


@tasks.periodic(cron="*/15 * * * *")
@tasks.task(name="catalog.refresh_documents", queueing_lock="catalog.refresh_documents", retry=_retry)
async def refresh_documents(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Write anew the documents whose next session has begun: price, places and languages are of those to come."""
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(_REFRESH)


@tasks.periodic(cron="20 3 * * *")
@tasks.task(name="catalog.forget_words", queueing_lock="catalog.forget_words", retry=_retry)
async def forget_words(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Forget words that stand in no document any more, so that a typo is not taken for one of them."""
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(_FORGET_WORDS)
