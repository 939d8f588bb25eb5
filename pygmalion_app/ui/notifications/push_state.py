"""Whether the browser at hand rings; the browser itself knows, and `assets/push.js` asks it."""

import json
from typing import Any

import orjson
import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.notifications import push
from pygmalion_app.notifications.schemas import Subscribe
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import lang_of_path

_SCRIPT = "import('/push.js')"
_LONGEST = 4_000
_STATES = frozenset({"unsupported", "install", "denied", "off", "on", "failed"})


def asked(verb: str, callback: Any) -> EventSpec:
    """Return the event that has the browser do something, from the click itself: it asks for permission only then."""
    return rx.call_script(f"{_SCRIPT}.then(m => m.{verb}())", callback=callback)


class PushState(rx.State):
    """How this browser stands: empty while it is asked, `unavailable`, or one of `assets/push.js`'s words."""

    phase: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> EventSpec | None:
        """Ask the browser."""
        async with unit_of_work(await actor_of(self)) as uow:
            key = push.public_key(uow)
        self.phase = "" if key else "unavailable"
        if not key:
            return None
        return rx.call_script(f"{_SCRIPT}.then(m => m.look({json.dumps(key)}))", callback=PushState.looked)

    @rx.event
    @access.signed_in
    async def looked(self, answer: str) -> None:
        """Take the browser's word; it may ring for somebody else who sat here before."""
        phase, subscription = _answered(answer)
        if phase == "on":
            async with unit_of_work(await actor_of(self)) as uow:
                known = subscription is not None and await push.rings(uow, subscription.endpoint)
            phase = "on" if known else "off"
        self.phase = phase

    @rx.event
    @access.signed_in
    async def turned_on(self, answer: str) -> EventSpec | None:
        """Keep the subscription that the browser has made."""
        lang = lang_of_path(self.router.url.path)
        phase, subscription = _answered(answer)
        if phase != "on" or subscription is None:
            self.phase = phase
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await push.subscribe(uow, subscription)
        except PygmalionError as error:
            self.phase = "failed"
            return toasts.bad(error_text(lang.code, error))
        self.phase = "on"
        return toasts.ok(lang("push-turned-on"))

    @rx.event
    @access.signed_in
    async def turned_off(self, answer: str) -> EventSpec:
        """Forget the subscription."""
        _, subscription = _answered(answer)
        async with unit_of_work(await actor_of(self)) as uow:
            await push.unsubscribe(uow, subscription.endpoint if subscription else "")
        self.phase = "off"
        return toasts.ok(lang_of_path(self.router.url.path)("push-turned-off"))


def _answered(text: object) -> tuple[str, Subscribe | None]:
    """Return the browser's word and its subscription; `failed` for what is no answer."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        return "failed", None
    try:
        answer = orjson.loads(text)
        phase, subscription = answer["state"], answer["subscription"]
        known = Subscribe.model_validate(subscription) if subscription else None
    except (ValueError, TypeError, KeyError, ValidationError):
        return "failed", None
    return (phase if phase in _STATES else "failed"), known
