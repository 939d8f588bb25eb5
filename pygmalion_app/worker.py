"""The job runner: `python -m pygmalion_app.worker`."""

import asyncio
import contextlib
import gc
import logging

import procrastinate
import uvloop
from procrastinate import utils as procrastinate_utils

from pygmalion_app import bootstrap
from pygmalion_app.core.config import Settings
from pygmalion_app.core.precedence import stand_back
from pygmalion_app.reports.job_queue import note_failures
from pygmalion_app.serving.logs import install_redaction

_CONCURRENCY = 8
_PATIENCE_SECONDS = 8.0
_DEAD_AFTER_SECONDS = 30.0
_LOOK_EVERY_SECONDS = 30.0

logger = logging.getLogger(__name__)


async def main() -> None:
    """Run jobs until SIGTERM or SIGINT; those under way get a few seconds, and are retried when killed."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    install_redaction()
    # Whoever orders or pays goes before the mails and documents that follow from it.
    stand_back()
    async with bootstrap.running(bootstrap.build(Settings.load())) as container:
        # A job that reads 80,000 rows at once would have all of them looked through again and again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        rescue = asyncio.create_task(_rescue_forever(container.jobs.app))
        try:
            await container.jobs.app.run_worker_async(
                concurrency=_CONCURRENCY,
                delete_jobs="successful",
                shutdown_graceful_timeout=_PATIENCE_SECONDS,
                worker_middleware=[note_failures],
            )
        finally:
            rescue.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await rescue


async def _rescue_forever(app: procrastinate.App) -> None:
    """Queue again the jobs of workers that died in the middle (kill -9, power cut): every job is idempotent."""
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
