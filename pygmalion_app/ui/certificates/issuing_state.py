"""Issuing in bulk: the sessions to choose from, and how far each run is."""

from dataclasses import dataclass
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.certificates import bulk, bulk_queries
from pygmalion_app.certificates.bulk_schemas import CampaignView, CandidateView, StartCampaign
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import days_of, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

_ISSUER = Permission.CERTIFICATE_REVOKE


@dataclass
class CandidateRow:
    """A session that was held."""

    id: str
    course: str
    where: str
    """When and where it was held."""
    people: str
    entitled: str
    certified: str
    missing: str
    tone: Tone
    chosen: bool


@dataclass
class FailedRow:
    """Somebody without a certificate."""

    person: str
    course: str
    reason: str


@dataclass
class CampaignRow:
    """A run."""

    id: str
    name: str
    sessions: str
    status: str
    tone: Tone
    progress: str
    done: int
    total: int
    issued: int
    waiting: int
    failed: int
    running: bool


class IssuingState(rx.State):
    """What the page shows."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    candidates: rx.Field[list[CandidateRow]] = rx.field(default_factory=list)
    chosen_count: rx.Field[str] = rx.field("")
    campaigns: rx.Field[list[CampaignRow]] = rx.field(default_factory=list)
    opened: rx.Field[str] = rx.field("")
    """The run whose failures are shown."""
    failures: rx.Field[list[FailedRow]] = rx.field(default_factory=list)
    running: rx.Field[bool] = rx.field(False)

    _chosen: set[str] = set()  # noqa: RUF012 - Reflex copies it for each client

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the sessions and the runs of the organisation that the reader administers; some administer none."""
        found = chosen_organization(self, await actor_of(self), _ISSUER)
        self.organization, self._chosen = str(found or ""), set()
        await self._read()

    @rx.event
    @access.requires(_ISSUER)
    def toggle(self, session_id: str) -> None:
        """Choose a session, or leave it out."""
        if session_id in {row.id for row in self.candidates}:
            self._chosen = self._chosen ^ {session_id}
            self._mark()

    @rx.event
    @access.requires(_ISSUER)
    async def start(self) -> EventSpec:
        """Issue the certificates of the sessions that were chosen."""
        lang = self._lang()
        if not self._chosen:
            return toasts.bad(lang("issuing-none-chosen"))
        try:
            command = StartCampaign(
                organization_id=UUID(self.organization), session_ids=tuple(UUID(one) for one in sorted(self._chosen))
            )
            async with unit_of_work(await actor_of(self)) as uow:
                begun = await bulk.start(uow, command)
        except (ValidationError, ValueError):
            return toasts.bad(lang("error-invalid_input"))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self._chosen, self.opened = set(), str(begun.id)
        await self._read()
        return toasts.ok(lang("issuing-started"))

    @rx.event
    @access.requires(_ISSUER)
    async def refresh(self) -> None:
        """See how far it is."""
        await self._read()

    @rx.event
    @access.requires(_ISSUER)
    async def look(self, campaign: str) -> None:
        """Show who failed in a run, and why."""
        self.opened = campaign if campaign in {row.id for row in self.campaigns} else ""
        await self._read()

    @rx.event
    @access.requires(_ISSUER)
    async def retry(self, campaign: str) -> EventSpec | None:
        """Try those of a run again that failed."""
        lang, found = self._lang(), parse_id(campaign)
        if found is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await bulk.retry(uow, found)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read()
        return toasts.ok(lang("issuing-retried"))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _mark(self) -> None:
        for row in self.candidates:
            row.chosen = row.id in self._chosen
        self.chosen_count = self._lang()("issuing-chosen", count=len(self._chosen))

    async def _read(self) -> None:
        lang, found = self._lang(), parse_id(self.organization)
        if found is not None:
            async with unit_of_work(await actor_of(self)) as uow:
                candidates = await bulk_queries.candidates(uow, found)
                runs = await bulk_queries.campaigns(uow, found)
                opened = next((run.id for run in runs if str(run.id) == self.opened), runs[0].id if runs else None)
                failures = (await bulk_queries.campaign(uow, opened)).failures if opened else ()
            self.candidates = [_candidate(lang, one) for one in candidates]
            self.campaigns = [_campaign(lang, one) for one in runs]
            self.opened = str(opened or "")
            self.failures = [
                FailedRow(one.person, title_of(lang, one.course, one.course_en), lang(f"campaign-failure-{one.reason}"))
                for one in failures
            ]
            self.running = any(row.running for row in self.campaigns)
            self._mark()
        self.loaded = True


def _candidate(lang: Lang, one: CandidateView) -> CandidateRow:
    days = days_of(lang, one.starts_at, one.ends_at, one.time_zone)
    word = lang("issuing-missing", count=one.to_issue) if one.entitled else lang("issuing-nobody")
    return CandidateRow(
        id=str(one.session_id),
        course=title_of(lang, one.course, one.course_en),
        where=" · ".join(part for part in (days, one.location) if part),
        people=str(one.people),
        entitled=str(one.entitled),
        certified=str(one.certified),
        missing=word,
        tone="warn" if one.to_issue else "ok" if one.entitled else "idle",
        chosen=False,
    )


def _campaign(lang: Lang, one: CampaignView) -> CampaignRow:
    running = one.waiting > 0
    status, tone = _status(one)
    return CampaignRow(
        id=str(one.id),
        name=lang("issuing-campaign-of", moment=format_moment(lang.code, one.requested_at)),
        sessions=lang("issuing-campaign-sessions", count=one.sessions),
        status=lang(status),
        tone=tone,
        progress=lang("issuing-progress", done=one.total - one.waiting, total=one.total),
        done=one.total - one.waiting,
        total=one.total,
        issued=one.issued,
        waiting=one.waiting,
        failed=one.failed,
        running=running,
    )


def _status(one: CampaignView) -> tuple[str, Tone]:
    if one.waiting:
        return "issuing-running", "info"
    return ("issuing-finished-partly", "warn") if one.failed else ("issuing-finished", "ok")
