"""The audit trail and the rules of retention, for the platform's administrators."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx

from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.privacy import audit_trail, retention
from pygmalion_app.privacy.schemas import AuditEntry, AuditQuery, Head, RuleView
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

PAGE_SIZE = 25
_EXPORT = "/api/v1/admin/audit/export.csv"
_SHORT_ID, _LONG = 13, 35


@dataclass
class EventRow:
    """One event, ready to read."""

    sequence: str
    when: str
    action: str
    actor: str
    subject: str
    subject_full: str
    organization: str
    facts: list[str]


@dataclass
class RuleRow:
    """One rule of retention, ready to read."""

    what: str
    period: str
    last: str
    tone: Tone
    rows: str


class AuditState(rx.State):
    """The list, what narrows it, and whether the chain holds."""

    loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[EventRow]] = rx.field(default_factory=list)
    rules: rx.Field[list[RuleRow]] = rx.field(default_factory=list)
    count: rx.Field[str] = rx.field("")
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    action: rx.Field[str] = rx.field("")
    person: rx.Field[str] = rx.field("")
    organization: rx.Field[str] = rx.field("")
    since: rx.Field[str] = rx.field("")
    until: rx.Field[str] = rx.field("")
    person_error: rx.Field[str] = rx.field("")
    organization_error: rx.Field[str] = rx.field("")
    since_error: rx.Field[str] = rx.field("")
    until_error: rx.Field[str] = rx.field("")
    cleared: rx.Field[int] = rx.field(0)
    """Counts emptied filters; the form starts afresh with each."""
    export_path: rx.Field[str] = rx.field(_EXPORT)
    chain: rx.Field[str] = rx.field("")
    chain_tone: rx.Field[str] = rx.field("idle")
    anchored: rx.Field[str] = rx.field("")

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Read the newest events, the rules, and the last head kept outside."""
        lang = lang_of_path(self.router.url.path)
        self._forget_filters()
        self.chain, self.chain_tone = lang("audit-chain-unchecked"), "idle"
        async with unit_of_work(await actor_of(self)) as uow:
            head = await audit_trail.last_anchored(uow)
            rules = await retention.overview(uow)
        self.anchored = _anchored(lang, head)
        self.rules = [_rule_row(lang, rule) for rule in rules]
        await self._read()
        self.loaded = True

    @rx.event
    @access.platform_admin
    async def narrow(self, form: dict[str, Any]) -> None:
        """Show what the filters ask for."""
        lang = lang_of_path(self.router.url.path)
        self.action = text_of(form, "action", 100).lower()
        for name in ("person", "organization", "since", "until"):
            setattr(self, name, text_of(form, name, 40))
        wrong_id, wrong_day = lang("audit-filter-error"), lang("audit-filter-date-error")
        self.person_error = wrong_id if self.person and parse_id(self.person) is None else ""
        self.organization_error = wrong_id if self.organization and parse_id(self.organization) is None else ""
        self.since_error = wrong_day if self.since and _day(self.since) is None else ""
        self.until_error = wrong_day if self.until and _day(self.until) is None else ""
        self.page = 1
        if not (self.person_error or self.organization_error or self.since_error or self.until_error):
            await self._read()

    @rx.event
    @access.platform_admin
    async def clear(self) -> None:
        """Show everything again."""
        self._forget_filters()
        self.cleared += 1
        await self._read()

    @rx.event
    @access.platform_admin
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read()

    @rx.event
    @access.platform_admin
    async def verify(self) -> None:
        """Walk the chain."""
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            report = await audit_trail.verify_chain(uow)
        if report.broken_at is None:
            self.chain, self.chain_tone = lang("audit-chain-holds", events=report.events), "ok"
        else:
            self.chain, self.chain_tone = lang("audit-chain-broken", sequence=str(report.broken_at)), "bad"

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        wanted = self._query()
        async with unit_of_work(await actor_of(self)) as uow:
            found = await audit_trail.search(uow, wanted, PageRequest(self.page, PAGE_SIZE))
        self.rows = [_event_row(lang, entry) for entry in found.items]
        self.count = lang("audit-count", count=found.total)
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        asked = wanted.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        self.export_path = f"{_EXPORT}?{urlencode(asked)}" if asked else _EXPORT

    def _query(self) -> AuditQuery:
        return AuditQuery(
            action=self.action,
            person_id=parse_id(self.person),
            organization_id=parse_id(self.organization),
            since=_day(self.since),
            until=_day(self.until),
        )

    def _forget_filters(self) -> None:
        self.action = self.person = self.organization = self.since = self.until = ""
        self.person_error = self.organization_error = self.since_error = self.until_error = ""
        self.page = 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _event_row(lang: Lang, entry: AuditEntry) -> EventRow:
    by = lang("audit-by-system") if entry.actor_user_id is None else entry.actor or lang("audit-by-stranger")
    return EventRow(
        sequence=str(entry.sequence),
        when=format_moment(lang.code, entry.occurred_at),
        action=entry.action,
        actor=by,
        subject=_short(entry.subject_id),
        subject_full=str(entry.subject_id or ""),
        organization=entry.organization,
        facts=[f"{name}: {_fact(value)}" for name, value in entry.facts.items()],
    )


def _short(subject: UUID | None) -> str:
    return f"…{str(subject)[-_SHORT_ID:]}" if subject else ""


def _fact(value: str | int | bool) -> str:
    text = str(value)
    return f"…{text[-_SHORT_ID:]}" if len(text) > _LONG else text


def _rule_row(lang: Lang, rule: RuleView) -> RuleRow:
    ran = rule.last_run_at is not None
    tone: Tone = "bad" if rule.last_failed else "ok" if ran else "idle"
    return RuleRow(
        what=lang(f"retention-{rule.name}"),
        period=lang("retention-period", years=rule.years, months=rule.months, days=rule.days),
        last=lang("retention-failed")
        if rule.last_failed
        else format_moment(lang.code, rule.last_run_at)
        if rule.last_run_at
        else lang("retention-never-run"),
        tone=tone,
        rows=str(rule.last_rows) if rule.last_rows is not None else "",
    )


def _anchored(lang: Lang, head: Head | None) -> str:
    if head is None:
        return lang("audit-chain-not-anchored")
    day = format_moment(lang.code, head.anchored_at)
    return lang("audit-chain-anchored", sequence=str(head.sequence), day=day)
