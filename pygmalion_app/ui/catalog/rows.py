"""Rows of the public pages' states: plain data, every text ready to show."""

import dataclasses
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Generic, TypeVar
from uuid import UUID

from pygmalion_app.catalog import presentation
from pygmalion_app.catalog.schemas import CourseCard, OpenSession
from pygmalion_app.core.addresses import address
from pygmalion_app.core.paging import Page
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


Read = TypeVar("Read")
Made = TypeVar("Made")
MOST_MADE: Final = 512


class MadeOf(Generic[Read, Made]):
    """What was made of results that searches give again and again, by language; the most recently asked for.

    A result is known by being the same object: comparing two takes longer than making it anew. Readers share what was
    made, so nobody changes it.
    """

    def __init__(self, make: Callable[[str, Read], Made]) -> None:
        """Take what makes it, given the locale and the result."""
        self._make = make
        # Each result is kept beside what was made of it, so no other can come to have its id.
        self._made: OrderedDict[tuple[str, int], tuple[Read, Made]] = OrderedDict()

    def __call__(self, locale: str, result: Read) -> Made:
        """Return what is made of a result."""
        key = (locale, id(result))
        if key in self._made:
            self._made.move_to_end(key)
        else:
            self._made[key] = result, self._make(locale, result)
            if len(self._made) > MOST_MADE:
                self._made.popitem(last=False)
        return self._made[key][1]


@dataclass(frozen=True, slots=True)
class Cards:
    """A page of results as the page shows it, and the sessions whose seats it shows."""

    rows: list[CardRow]
    sessions: frozenset[UUID]


def _cards(locale: str, page: Page[CourseCard]) -> Cards:
    sessions = frozenset(course.next_session.id for course in page.items if course.next_session)
    return Cards([card_row(locale, course) for course in page.items], sessions)


_CARD_FIELDS = tuple(one.name for one in dataclasses.fields(CardRow))


@lru_cache(maxsize=8192)
def card_row(locale: str, course: CourseCard) -> CardRow:
    """Return a course as a card; nobody changes it, as readers of the same course share it."""
    text = presentation.card(locale, course)
    return CardRow(**{name: getattr(text, name) for name in _CARD_FIELDS})


cards = MadeOf(_cards)


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
