"""Statuses as screens write them: a letter for the style sheet, a word, and what to do about it."""

from datetime import date
from typing import Final

from pygmalion_app.core.i18n import format_day
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang

CODES: Final = {
    "c": "compliant",
    "g": "expiring",
    "x": "expired",
    "m": "missing",
    "p": "planned",
    "e": "exempt",
    "n": "none",
}
CODE_OF: Final = {name: code for code, name in CODES.items()}
TONES: Final[dict[str, Tone]] = {
    "compliant": "ok",
    "expiring": "warn",
    "expired": "bad",
    "missing": "bad",
    "planned": "info",
    "exempt": "idle",
}
WORST_FIRST: Final = ("expired", "missing", "planned", "expiring", "compliant", "exempt")
"""The order in which statuses are shown: what asks for something first."""


def day_of(lang: Lang, day: date | None) -> str:
    """Return a day in full, nothing for none."""
    return format_day(lang.code, day) if day else ""


def short_day(lang: Lang, day: date | None) -> str:
    """Return a day as it fits a cell: `12/03/27`."""
    return format_day(lang.code, day, pattern="dd/MM/yy") if day else ""


def percent_of(rate: float) -> int:
    """Return a rate as whole percent; never 100 while something is missing, never 0 while something is held."""
    if 0 < rate < 1:
        return min(99, max(1, round(rate * 100)))
    return round(rate * 100)


def rate_code(percent: int) -> str:
    """Return the letter of the colour that a rate has on the dial."""
    return "c" if percent >= 90 else "g" if percent >= 70 else "x"  # noqa: PLR2004 - the dial's bands


def percent_text(lang: Lang, percent: int) -> str:
    """Return whole percent as the language writes them."""
    return f"{percent}\xa0%" if lang.code == "fr" else f"{percent}%"
