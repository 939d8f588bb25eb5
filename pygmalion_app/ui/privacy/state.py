"""What is held on a person, what they agree to, and the end of their account."""

from dataclasses import dataclass

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day, format_moment, format_number
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.privacy import consents, erasure, exports
from pygmalion_app.privacy.errors import ErasureBlockedError
from pygmalion_app.privacy.models import ErasureStatus
from pygmalion_app.privacy.schemas import BlockerView, ConsentView, DecideConsent, ErasurePreview, ExportView, KeptView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts import reauthentication
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path

ERASE_DIALOG = "erase-account"
_MEGA, _KILO = 1_000_000, 1_000


@dataclass
class ConsentRow:
    """One purpose, ready to read."""

    purpose: str
    title: str
    text: str
    given: bool
    since: str
    history: list[str]


@dataclass
class KeptRow:
    """What outlives an erasure, ready to read."""

    what: str
    until: str
    why: str


class ExportState(rx.State):
    """The archive of everything held on the reader."""

    loaded: rx.Field[bool] = rx.field(False)
    status: rx.Field[str] = rx.field("")
    """Empty while none was asked for."""
    progress: rx.Field[str] = rx.field("")
    done: rx.Field[int] = rx.field(0)
    parts: rx.Field[int] = rx.field(1)
    facts: rx.Field[str] = rx.field("")
    path: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read how it stands; called again every few seconds while it is being made."""
        async with unit_of_work(await actor_of(self)) as uow:
            self._show(await exports.my_export(uow))
        self.loaded = True

    @rx.event
    @access.signed_in
    async def start(self) -> EventSpec | None:
        """Have it made."""
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self._show(await exports.request_export(uow))
        except PygmalionError as error:
            return toasts.bad(error_text(lang_of_path(self.router.url.path).code, error))
        return None

    def _show(self, export: ExportView | None) -> None:
        lang = lang_of_path(self.router.url.path)
        self.status = export.status if export else ""
        self.path = (export.download_path or "") if export else ""
        self.done, self.parts = (export.done, export.parts) if export else (0, 1)
        self.progress = lang("privacy-export-progress", done=self.done, parts=self.parts)
        if export and export.ready_at:
            self.facts = lang(
                "privacy-export-facts",
                day=format_day(lang.code, export.ready_at),
                until=format_day(lang.code, export.expires_at),
                size=_size(lang, export.size_bytes or 0),
            )


class ConsentState(rx.State):
    """What the reader agrees to."""

    rows: rx.Field[list[ConsentRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the decisions."""
        async with unit_of_work(await actor_of(self)) as uow:
            self._show(await consents.my_consents(uow))

    @rx.event
    @access.signed_in
    async def decide(self, purpose: str, given: bool) -> EventSpec | None:
        """Give or withdraw consent to one purpose."""
        lang = lang_of_path(self.router.url.path)
        try:
            command = DecideConsent.model_validate({"purpose": purpose, "given": given})
            async with unit_of_work(await actor_of(self)) as uow:
                self._show(await consents.decide(uow, command))
        except ValidationError:
            return None
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        return toasts.ok(lang("privacy-consent-saved"))

    def _show(self, views: tuple[ConsentView, ...]) -> None:
        lang = lang_of_path(self.router.url.path)
        self.rows = [_consent_row(lang, view) for view in views]


class ErasureState(rx.State):
    """The end of the reader's account: what it would do, and whether it was asked for."""

    loaded: rx.Field[bool] = rx.field(False)
    areas: rx.Field[list[str]] = rx.field(default_factory=list)
    kept: rx.Field[list[KeptRow]] = rx.field(default_factory=list)
    blockers: rx.Field[list[str]] = rx.field(default_factory=list)
    waiting: rx.Field[bool] = rx.field(False)
    blocked: rx.Field[bool] = rx.field(False)
    title: rx.Field[str] = rx.field("")
    text: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read what an erasure would do."""
        await self._read()
        self.loaded = True

    @rx.event
    @access.signed_in
    async def look(self) -> None:
        """Read it anew, as the dialog opens."""
        await self._read()

    @rx.event
    @access.signed_in
    async def confirm(self) -> EventSpec | list[EventSpec]:
        """Ask for the erasure."""
        lang = lang_of_path(self.router.url.path)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                wanted = await erasure.request_erasure(uow)
        except ReauthenticationRequiredError:
            proof = await reauthentication.ask(self, again=ErasureState.confirm)
            return [ui.close_dialog(ERASE_DIALOG), proof]
        except ErasureBlockedError:
            await self._read()
            return [ui.close_dialog(ERASE_DIALOG), ui.show_dialog(ERASE_DIALOG)]
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read()
        asked = lang("privacy-erase-asked", day=format_day(lang.code, wanted.due_at))
        return [ui.close_dialog(ERASE_DIALOG), toasts.ok(asked)]

    @rx.event
    @access.signed_in
    async def withdraw(self) -> EventSpec:
        """Keep the account after all."""
        lang = lang_of_path(self.router.url.path)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await erasure.withdraw_erasure(uow)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read()
        return toasts.ok(lang("privacy-erase-withdrawn"))

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            found = await erasure.preview(uow)
        self.areas = [lang(f"privacy-area-{area}") for area in reversed(found.erased)]
        self.kept = [_kept_row(lang, kept) for kept in found.kept]
        self.blockers = [_blocker(lang, blocker) for blocker in found.blockers]
        self._show_request(lang, found)

    def _show_request(self, lang: Lang, found: ErasurePreview) -> None:
        self.waiting = found.request is not None
        self.blocked = found.request is not None and found.request.status == ErasureStatus.BLOCKED
        if found.request is not None:
            self.title = lang("privacy-erase-waiting", day=format_day(lang.code, found.request.due_at))
            self.text = lang("privacy-erase-waiting-text", asked=format_day(lang.code, found.request.requested_at))


def _consent_row(lang: Lang, view: ConsentView) -> ConsentRow:
    name = view.purpose.value.replace("_", "-")
    return ConsentRow(
        purpose=view.purpose.value,
        title=lang(f"privacy-consent-{name}"),
        text=lang(f"privacy-consent-{name}-text"),
        given=view.given,
        since=_decision(lang, given=view.given, day=format_day(lang.code, view.decided_at))
        if view.decided_at
        else lang("privacy-consent-never"),
        history=[
            _decision(lang, given=change.given, day=format_moment(lang.code, change.decided_at))
            for change in view.history[1:]
        ],
    )


def _decision(lang: Lang, *, given: bool, day: str) -> str:
    return lang("privacy-consent-since", given="yes" if given else "no", day=day)


def _kept_row(lang: Lang, kept: KeptView) -> KeptRow:
    until = (
        lang("privacy-erase-until", day=format_day(lang.code, kept.until))
        if kept.until
        else lang("privacy-erase-for-ever")
    )
    return KeptRow(lang(f"privacy-kept-{kept.name}"), until, lang(f"privacy-kept-{kept.name}-why"))


def _blocker(lang: Lang, blocker: BlockerView) -> str:
    facts = {name: int(value) if value.isdecimal() else value for name, value in blocker.facts.items()}
    return lang(f"privacy-blocker-{blocker.name}", **facts)


def _size(lang: Lang, size: int) -> str:
    if size >= _MEGA:
        return lang("privacy-size-mb", value=format_number(lang.code, round(size / _MEGA, 1)))
    return lang("privacy-size-kb", value=format_number(lang.code, max(1, size // _KILO)))
