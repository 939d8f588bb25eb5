"""The organisation page's state."""

import reflex as rx

from pygmalion_app.catalog import presentation
from pygmalion_app.catalog.pages import organisation_page
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.ui import access, live
from pygmalion_app.ui.catalog.rows import CardRow, card_row
from pygmalion_app.ui.i18n import lang_of_path, last_part


class OrganizationState(rx.State):
    """Texts of one training organisation, and its courses as cards."""

    loaded: rx.Field[bool] = rx.field(False)
    missing: rx.Field[bool] = rx.field(False)
    head_title: rx.Field[str] = rx.field("Pygmalion")
    name: rx.Field[str] = rx.field("")
    city: rx.Field[str] = rx.field("")
    description: rx.Field[str] = rx.field("")
    website: rx.Field[str] = rx.field("")
    siret: rx.Field[str] = rx.field("")
    nda: rx.Field[str] = rx.field("")
    quality: rx.Field[str] = rx.field("")
    qualiopi: rx.Field[bool] = rx.field(False)
    rating: rx.Field[str] = rx.field("")
    reviews: rx.Field[str] = rx.field("")
    rows: rx.Field[list[CardRow]] = rx.field(default_factory=list)

    @rx.event
    @access.public
    async def load(self) -> None:
        """Show the organisation of the address."""
        lang = lang_of_path(self.router.url.path)
        slug = last_part(self.router.url.path)
        try:
            found = await organisation_page(slug)
        except NotFoundError:
            self.missing, self.loaded = True, True
            self.head_title = f"{lang('organization-missing-title')} · Pygmalion"
            live.unwatch(self)
            return
        self.missing = False
        organization = found.organization
        self.name, self.city = organization.name, organization.city
        self.head_title = f"{organization.name} · Pygmalion"
        self.description = (lang.code == "en" and organization.description_en) or organization.description
        self.website = organization.website
        self.siret, self.nda = organization.siret or "", organization.nda or ""
        self.qualiopi = organization.qualiopi
        self.quality = presentation.quality(lang.code, organization)
        self.rating = presentation.rating(lang.code, found.rating)
        self.reviews = presentation.reviews(lang.code, found.review_count)
        self.rows = [card_row(lang.code, course) for course in found.courses]
        self.loaded = True
        await live.watch(self, [row.session_id for row in self.rows if row.session_id])
