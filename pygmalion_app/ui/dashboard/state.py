"""Which of their dashboards somebody looks at."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.dashboard.sections import sections_of


class DashboardState(rx.State):
    """The dashboards of a person, and the one in view; the address names it (`?view=`)."""

    loaded: rx.Field[bool] = rx.field(False)
    views: rx.Field[list[str]] = rx.field(default_factory=list)
    view: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> Any:
        """Find the dashboards of the reader, and have the one in view load itself."""
        sections = sections_of(await actor_of(self))
        asked = self.router.url.query_parameters.get("view", "")
        chosen = next((one for one in sections if one.name == asked), sections[0] if sections else None)
        self.views, self.view = [one.name for one in sections], chosen.name if chosen else ""
        self.loaded = True
        return chosen.load if chosen else None
