"""The job runner: `python -m pygmalion_app.worker`."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import uvloop

from pygmalion_app.core import collector
from pygmalion_app.core.precedence import stand_back

if TYPE_CHECKING:
    import procrastinate

_CONCURRENCY = 8
_PATIENCE_SECONDS = 8.0
_DEAD_AFTER_SECONDS = 30.0
_LOOK_EVERY_SECONDS = 30.0

logger = logging.getLogger(__name__)


async def main() -> None:
    """Run jobs until SIGTERM or SIGINT; those under way get a few seconds, and are retried when killed."""
    # Whoever orders or pays goes before the mails and documents that follow from it, and before our loading.
    stand_back()
    collector.pause()
    from pygmalion_app import bootstrap
    from pygmalion_app.core.config import Settings
    from pygmalion_app.core.idle_connections import close_idle
    from pygmalion_app.reports.job_queue import note_failures
    from pygmalion_app.serving.logs import install_redaction

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    install_redaction()
    async with bootstrap.running(bootstrap.build(Settings.load())) as container:
        collector.resume(collector.WORKING)
        async with _beside(_rescue_forever(container.jobs.app)), _beside(close_idle(container.engine)):
            await container.jobs.app.run_worker_async(
                concurrency=_CONCURRENCY,
                delete_jobs="successful",
                shutdown_graceful_timeout=_PATIENCE_SECONDS,
                worker_middleware=[note_failures],
            )


@asynccontextmanager
async def _beside(endless: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let something that never ends run as long as the block does."""
    task = asyncio.create_task(endless)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _rescue_forever(app: "procrastinate.App") -> None:
    """Queue again the jobs of workers that died in the middle (kill -9, power cut): every job is idempotent."""
    from procrastinate import utils as procrastinate_utils

    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_DEAD_AFTER_SECONDS):
                logger.warning("job %s (%s) was left by a dead worker: queued again", job.id, job.task_name)
                await app.job_manager.retry_job(job, retry_at=procrastinate_utils.utcnow())
        except Exception:
            # The database may be restarting; the look after this one does the work.
            logger.exception("looking for jobs of dead workers failed")
        await asyncio.sleep(_LOOK_EVERY_SECONDS)


if __name__ == "__main__":
    uvloop.run(main())
