"""The passport: what follows what, and what happened."""

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from pygmalion_app.certificates import passport
from pygmalion_app.certificates.external_schemas import ExternalView
from pygmalion_app.certificates.passport import EventView, Lineage
from pygmalion_app.certificates.schemas import CertificateView
from pygmalion_app.core.i18n import format_day, format_moment
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.certificates.wording import EXTERNAL_TONES, last_day_of, left_of, life_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

_EVENT_TONES: dict[str, Tone] = {
    "issued": "ok",
    "corrected": "info",
    "revoked": "bad",
    "expiring": "warn",
    "expired": "bad",
    "renewed": "ok",
    "reminded": "idle",
}


@dataclass
class VersionRow:
    """One certificate of a lineage."""

    id: str
    number: str
    status: str
    tone: Tone
    facts: str
    """Who issued it, until when it holds, what it follows."""
    about: str
    link: str
    downloadable: bool
    current: bool


@dataclass
class EventRow:
    """Something that happened."""

    text: str
    moment: str
    tone: Tone


@dataclass
class LineageRow:
    """One subject, newest certificate first."""

    course: str
    lead: str
    held: bool
    versions: list[VersionRow]
    events: list[EventRow]


@dataclass
class ElsewhereRow:
    """A certificate obtained elsewhere."""

    title: str
    facts: str
    status: str
    tone: Tone


class PassportState(rx.State):
    """One's own passport."""

    loaded: rx.Field[bool] = rx.field(False)
    lineages: rx.Field[list[LineageRow]] = rx.field(default_factory=list)
    elsewhere: rx.Field[list[ElsewhereRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read it."""
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            found = await passport.passport(uow)
        self.lineages = [_lineage(lang, one, found.made_at) for one in found.lineages]
        self.elsewhere = [_elsewhere(lang, one) for one in found.external]
        self.loaded = True


def _lineage(lang: Lang, one: Lineage, now: datetime) -> LineageRow:
    numbers = {view.id: view.number for view in one.certificates}
    renewed = {view.renewed_by: view.number for view in one.certificates if view.renewed_by}
    current = next((view for view in one.certificates if view.id == one.current), None)
    word = life_of(lang, current.life)[0] if current else lang("passport-no-current")
    return LineageRow(
        course=title_of(lang, one.course, one.course_en),
        lead=" · ".join(part for part in (word, left_of(lang, current, now) if current else "") if part),
        held=current is not None and current.life != "expired",
        versions=[
            _version(lang, view, numbers.get(view.corrects) if view.corrects else renewed.get(view.id), view == current)
            for view in one.certificates
        ],
        events=[_event(lang, event) for event in one.events],
    )


def _version(lang: Lang, view: CertificateView, follows: str | None, current: bool) -> VersionRow:
    status, tone = life_of(lang, view.life)
    until = last_day_of(lang, view.valid_until)
    facts = [view.organization, format_day(lang.code, view.completed_on)]
    facts.append(lang("external-until", day=until) if until else lang("external-no-end"))
    key = "passport-corrects" if view.corrects else "passport-renews"
    return VersionRow(
        id=str(view.id),
        number=view.number,
        status=status,
        tone=tone,
        facts=" · ".join(facts),
        about=lang(key, number=follows) if follows else "",
        link=view.verification_url,
        downloadable=view.downloadable,
        current=current and view.life != "expired",
    )


def _event(lang: Lang, event: EventView) -> EventRow:
    reason = lang(f"verify-reason-{event.reason}") if event.reason else ""
    key = f"passport-event-{event.kind}"
    if event.kind == "issued" and event.related:
        key += "-corrected"
    elif event.kind == "revoked" and event.related:
        key += "-replaced"
    elif event.kind == "reminded":
        key += "-before" if (event.lead_days or 0) > 0 else "-after"
    text = lang(key, number=event.number, related=event.related or "", reason=reason, days=event.lead_days or 0)
    return EventRow(text=text, moment=format_moment(lang.code, event.at), tone=_EVENT_TONES[event.kind])


def _elsewhere(lang: Lang, one: ExternalView) -> ElsewhereRow:
    until = lang("external-until", day=format_day(lang.code, one.valid_until)) if one.valid_until else ""
    ended = one.state == "accepted" and one.expired
    return ElsewhereRow(
        title=one.title,
        facts=" · ".join([one.issuer, format_day(lang.code, one.obtained_on), until or lang("external-no-end")]),
        status=lang("external-word-expired") if ended else lang(f"external-state-{one.state}"),
        tone="bad" if ended else EXTERNAL_TONES[one.state],
    )
