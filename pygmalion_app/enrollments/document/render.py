"""Sets a text as PDF: the same bytes for the same words."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pygmalion_app.core import typesetting

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Letter:
    """A document's words: `sections` of a heading and paragraphs, `closing` that says who agreed to what and when."""

    locale: str
    kicker: str
    title: str
    author: str
    day: date
    sections: list[dict[str, Any]]
    closing: list[str]
    footer: str


def render(letter: Letter) -> bytes:
    """Return the PDF. Blocking and CPU-bound (some milliseconds): call it in a thread."""
    return typesetting.pdf(
        FOLDER / "letter.typ",
        {
            "lang": letter.locale,
            "kicker": letter.kicker,
            "title": letter.title,
            "author": letter.author,
            "date": [letter.day.year, letter.day.month, letter.day.day],
            "wordmark": typesetting.wordmark(),
            "sections": letter.sections,
            "closing": letter.closing,
            "footer": letter.footer,
        },
    )
