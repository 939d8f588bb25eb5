"""The way to an organisation's own sign-in: found by an e-mail address or by the organisation's name in the address."""

import json
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.addresses import own_path
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import MissingMessageError, translate
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.sso import offers
from pygmalion_app.sso.domains import domain_of
from pygmalion_app.sso.schemas import SsoOffer
from pygmalion_app.ui import access
from pygmalion_app.ui.accounts.entering import first_page
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

_LONGEST_SLUG = 200


class SsoDoor(rx.State):
    """What is known of where this person signs in."""

    name: rx.Field[str] = rx.field("")
    start: rx.Field[str] = rx.field("")
    """Our address that leads to the provider; empty where there is none."""
    demanded: rx.Field[bool] = rx.field(False)
    problem: rx.Field[str] = rx.field("")
    problem_title: rx.Field[str] = rx.field("")
    error: rx.Field[str] = rx.field("")
    searched: rx.Field[bool] = rx.field(False)

    _domain: str = ""

    @rx.event
    @access.public
    async def load(self) -> EventSpec | None:
        """Read the address: which organisation, and what went wrong on the way."""
        asked = self.router.url.query_parameters
        self._forget()
        lang = self._lang()
        self.error, self.searched = "", False
        self.problem, self.problem_title = _words(lang, asked.get("problem", ""))
        actor = await actor_of(self)
        if actor.signed_in and not self.problem:
            return rx.redirect(await first_page(actor, lang.code), replace=True)
        wanted = str(asked.get("organisation", ""))[:_LONGEST_SLUG]
        if wanted:
            async with unit_of_work(ANONYMOUS) as uow:
                self._show(await offers.offer_of(uow, parse_id(wanted) or wanted), "")
        return None

    @rx.event
    @access.public
    async def look_up(self, email: str) -> None:
        """Look for the organisation of an address that was typed on the sign-in page; its domain alone is used."""
        email = email if isinstance(email, str) else ""
        domain = domain_of(email.strip())
        if domain == self._domain:
            return
        self._forget()
        self._domain = domain
        if domain:
            await self._find(email.strip())

    @rx.event
    @access.public
    def use_password(self) -> None:
        """Show the password all the same; whether it is enough is told by the service."""
        self.demanded = False

    @rx.event
    @access.public
    async def find(self, form: dict[str, Any]) -> EventSpec | None:
        """Go on with the organisation of a typed address."""
        self._forget()
        email = text_of(form, "email", 320)
        self.error, self.problem, self.searched = "", "", False
        if not domain_of(email):
            self.error = self._lang()("sign-in-email-error")
            return None
        await self._find(email)
        self.searched = True
        # A whole page load: the way leads to another site.
        return rx.call_script(f"location.assign({json.dumps(self.start)})") if self.start else None

    async def _find(self, email: str) -> None:
        try:
            async with unit_of_work(ANONYMOUS) as uow:
                self._show(await offers.offer_for_email(uow, email), email)
        except PygmalionError as error:
            self.error = error_text(self._lang().code, error)

    def _show(self, offer: SsoOffer | None, email: str) -> None:
        if offer is None:
            return
        query = {"lang": self._lang().code, "email": email, "next": own_path(self._next())}
        given = urlencode({name: value for name, value in query.items() if value})
        self.name, self.demanded, self.start = offer.organization_name, offer.demanded, f"{offer.start}?{given}"

    def _next(self) -> str:
        return str(self.router.url.query_parameters.get("next", ""))

    def _forget(self) -> None:
        self.name = self.start = self._domain = ""
        self.demanded = False

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)


def _words(lang: Lang, code: str) -> tuple[str, str]:
    """Return a problem's sentence and title; nothing for what is no code of ours: anybody can write an address."""
    if not code.startswith("sso_") and code != "too_many_requests":
        return "", ""
    try:
        return translate(lang.code, f"error-{code}"), translate(lang.code, f"error-{code}-title")
    except (MissingMessageError, ValueError):
        return lang("sso-failed"), lang("sso-failed-title")
