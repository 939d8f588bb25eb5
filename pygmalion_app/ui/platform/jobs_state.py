"""The job queue, for administrators."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_moment, format_number
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import job_queue
from pygmalion_app.reports.job_queue import FailedJob, QueueView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path

PAGE_SIZE = 20


@dataclass
class QueueRow:
    """One queue."""

    name: str
    waiting: str
    later: str
    running: str
    failed: str
    state: str
    tone: Tone


@dataclass
class JobRow:
    """One job that gave up."""

    id: str
    task: str
    why: str
    place: str
    when: str
    attempts: str


class JobsState(rx.State):
    """Queues, and a page of the jobs that gave up."""

    loaded: rx.Field[bool] = rx.field(False)
    queues: rx.Field[list[QueueRow]] = rx.field(default_factory=list)
    rows: rx.Field[list[JobRow]] = rx.field(default_factory=list)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Show the queues."""
        self.page = 1
        await self._read()
        self.loaded = True

    @rx.event
    @access.platform_admin
    async def refresh(self) -> None:
        """Look again."""
        await self._read()

    @rx.event
    @access.platform_admin
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = max(1, min(page, self.pages)) if isinstance(page, int) else 1
        await self._read()

    @rx.event
    @access.platform_admin
    async def retry(self, job: str) -> Any:
        """Queue a job once more."""
        lang = lang_of_path(self.router.url.path)
        if not str(job).isdecimal():
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await job_queue.retry(uow, int(job))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read()
        return toasts.ok(lang("jobs-retried"))

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            queues = await job_queue.queues(uow)
            failed = await job_queue.failed(uow, PageRequest(self.page, PAGE_SIZE))
        self.queues = [_queue(lang, one) for one in queues]
        self.rows = [_job(lang, one) for one in failed.items]
        self.pages = max(1, -(-failed.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)


def _queue(lang: Lang, one: QueueView) -> QueueRow:
    word, tone = ("jobs-state-failed", "bad") if one.failed else ("jobs-state-fine", "ok")
    return QueueRow(
        name=one.queue,
        waiting=format_number(lang.code, one.waiting),
        later=format_number(lang.code, one.later),
        running=format_number(lang.code, one.running),
        failed=format_number(lang.code, one.failed),
        state=lang(word),
        tone=tone,
    )


def _job(lang: Lang, one: FailedJob) -> JobRow:
    return JobRow(
        id=str(one.id),
        task=one.task,
        why=one.error or lang("jobs-unknown"),
        place=one.place,
        when=format_moment(lang.code, one.failed_at) if one.failed_at else "–",
        attempts=format_number(lang.code, one.attempts),
    )
