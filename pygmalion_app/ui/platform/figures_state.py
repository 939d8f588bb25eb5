"""The platform's figures, ready to draw."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from pygmalion_app.core.i18n import format_day, format_money, format_number
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import platform
from pygmalion_app.reports.platform import PlatformFigures
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components import chart_data
from pygmalion_app.ui.components.chart_data import Chart, Series, Shade
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.reports.rows import Figure

NOW = ("people", "schools", "companies", "airports", "courses", "sessions", "certificates", "to_verify")
SPANS = (13, 26, 52)


class FiguresState(rx.State):
    """What the page shows."""

    loaded: rx.Field[bool] = rx.field(False)
    weeks: rx.Field[str] = rx.field("26")
    now: rx.Field[list[Figure]] = rx.field(default_factory=list)
    money: rx.Field[Chart] = rx.field(default_factory=Chart)
    revenue: rx.Field[Chart] = rx.field(default_factory=Chart)
    orders: rx.Field[Chart] = rx.field(default_factory=Chart)
    people: rx.Field[Chart] = rx.field(default_factory=Chart)
    certificates: rx.Field[Chart] = rx.field(default_factory=Chart)

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Show half a year."""
        self.weeks = str(platform.WEEKS)
        await self._read(platform.WEEKS)

    @rx.event
    @access.platform_admin
    async def choose(self, weeks: str) -> Any:
        """Show more or fewer weeks."""
        if weeks not in {str(span) for span in SPANS}:
            return
        self.weeks = str(weeks)
        await self._read(int(weeks))

    async def _read(self, weeks: int) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            found = await platform.figures(uow, weeks)
        self.now = [
            Figure(format_number(lang.code, getattr(found.now, name)), lang(f"figures-{name.replace('_', '-')}"))
            for name in NOW
        ]
        self.money = _columns(lang, found, ("sold_cents", "main"), written=lambda cents: _euros(lang, cents))
        self.revenue = _lines(lang, found, ("revenue_cents", "second"), written=lambda cents: _euros(lang, cents))
        self.orders = _columns(lang, found, ("orders", "main"), ("seats", "second"))
        self.people = _lines(lang, found, ("people", "main"), ("organizations", "second"))
        self.certificates = _columns(lang, found, ("certificates", "ok"), ("verified", "third"))
        self.loaded = True


def _euros(lang: Lang, cents: float) -> str:
    return format_money(lang.code, round(cents))


def _series(lang: Lang, found: PlatformFigures, wanted: tuple[tuple[str, Shade], ...]) -> list[Series]:
    return [
        Series(
            lang(f"figures-week-{name.removesuffix('_cents')}"), [getattr(week, name) for week in found.weeks], shade
        )
        for name, shade in wanted
    ]


def _labels(lang: Lang, found: PlatformFigures) -> list[str]:
    return [format_day(lang.code, week.week, pattern="d MMM") for week in found.weeks]


def _columns(
    lang: Lang, found: PlatformFigures, *wanted: tuple[str, Shade], written: Callable[[float], str] | None = None
) -> Chart:
    series = _series(lang, found, wanted)
    write = written or (lambda number: format_number(lang.code, number))
    return chart_data.columns(_labels(lang, found), series, written=write, of=lang("figures-week"))


def _lines(
    lang: Lang, found: PlatformFigures, *wanted: tuple[str, Shade], written: Callable[[float], str] | None = None
) -> Chart:
    series = _series(lang, found, wanted)
    write = written or (lambda number: format_number(lang.code, number))
    return chart_data.lines(_labels(lang, found), series, written=write, of=lang("figures-week"))
