"""Rows of the public pages' states: plain data, every text ready to show."""

import dataclasses
from dataclasses import dataclass
from functools import lru_cache

from pygmalion_app.catalog import presentation
from pygmalion_app.catalog.schemas import CourseCard, OpenSession
from pygmalion_app.core.addresses import address
from pygmalion_app.sessions.schemas import BoardSession


@dataclass
class CardRow:
    """A course card."""

    href: str = ""
    title: str = ""
    category_name: str = ""
    motif: str = ""
    organization: str = ""
    qualiopi: bool = False
    rating: str = ""
    reviews: str = ""
    duration: str = ""
    modalities: str = ""
    price: str = ""
    session_id: str = ""
    dates: str = ""
    place: str = ""
    seats: int = 0


@dataclass
class SessionRow:
    """One session on a course page."""

    id: str = ""
    dates: str = ""
    hours: str = ""
    place: str = ""
    address: str = ""
    language: str = ""
    modality: str = ""
    seats: int = 0
    price: str = ""
    enrol: str = ""


@dataclass
class ReviewRow:
    """One opinion."""

    author: str = ""
    rating: int = 0
    comment: str = ""
    date: str = ""
    id: str = ""


@dataclass
class BoardRow:
    """One line of the departures board."""

    id: str = ""
    href: str = ""
    date: str = ""
    time: str = ""
    title: str = ""
    organization: str = ""
    place: str = ""
    seats: int = 0
    price: str = ""


_CARD_FIELDS = tuple(one.name for one in dataclasses.fields(CardRow))


@lru_cache(maxsize=8192)
def card_row(locale: str, course: CourseCard) -> CardRow:
    """Return a course as a card; nobody changes it, as readers of the same course share it."""
    text = presentation.card(locale, course)
    return CardRow(**{name: getattr(text, name) for name in _CARD_FIELDS})


def session_row(locale: str, session: OpenSession) -> SessionRow:
    """Return a session as a line of the course page."""
    return SessionRow(
        id=str(session.id),
        dates=presentation.days(locale, session),
        hours=presentation.hours(locale, session),
        place=presentation.place(locale, session),
        address=session.address,
        language=presentation.text(locale, f"language-{session.language}"),
        modality=presentation.text(locale, f"modality-{session.modality}"),
        seats=session.available_places,
        price=presentation.money(locale, session.price_cents, session.currency),
        enrol=address("enrol", locale, session_id=session.id),
    )


def board_row(locale: str, session: BoardSession) -> BoardRow:
    """Return a session as a line of the departures board."""
    return BoardRow(
        id=str(session.id),
        href=address("course", locale, slug=session.course_slug),
        date=presentation.board_day(locale, session.start_date, session.time_zone),
        time=presentation.board_time(locale, session.start_date, session.time_zone),
        title=presentation.title(locale, session.course_title, session.course_title_en),
        organization=session.organization_name,
        place=session.location or presentation.text(locale, "place-remote"),
        seats=session.available_places,
        price=presentation.money(locale, session.price_cents, session.currency),
    )
