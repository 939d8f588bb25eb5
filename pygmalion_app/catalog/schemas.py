"""What the catalogue takes and gives. Results of hot reads are msgspec structures: camelCase in JSON, cheap to build.

All times are aware UTC; amounts are cents excluding VAT; durations are minutes.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self, TypeVar
from uuid import UUID

import msgspec

from pygmalion_app.catalog.models import Category, Course, Modality
from pygmalion_app.core.errors import InvalidInputError

MAX_TEXT = 200
MAX_PLACE = 80
MAX_SEATS = 100
MAX_PRICE_CENTS = 100_000_000
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
LANGUAGE = re.compile(r"[a-z]{2}")
E = TypeVar("E", bound=StrEnum)


class Sort(StrEnum):
    """Orders of a result; relevance is the best match, or the best rated course when nothing was typed."""

    RELEVANCE = "relevance"
    DATE = "date"
    PRICE = "price"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class CourseFilters:
    """What a visitor asks for. `month` is `YYYY-MM` in the session's own zone; `seats` is how many must be free.

    `place` matches the beginning of a session's place, accents and case forgiven.
    """

    text: str = ""
    category: Category | None = None
    modality: Modality | None = None
    place: str | None = None
    month: str | None = None
    max_price_cents: int | None = None
    language: str | None = None
    seats: int | None = None

    def __post_init__(self) -> None:
        """Refuse values that cannot be searched; InvalidInputError names the field."""
        if len(self.text) > MAX_TEXT:
            raise InvalidInputError(field="q", limit=MAX_TEXT)
        if "\x00" in self.text or "\x00" in (self.place or ""):
            raise InvalidInputError(field="q")
        if self.place is not None and not 0 < len(self.place) <= MAX_PLACE:
            raise InvalidInputError(field="place", limit=MAX_PLACE)
        if self.month is not None and not MONTH.fullmatch(self.month):
            raise InvalidInputError(field="month")
        if self.max_price_cents is not None and not 0 <= self.max_price_cents <= MAX_PRICE_CENTS:
            raise InvalidInputError(field="maxPrice")
        if self.language is not None and not LANGUAGE.fullmatch(self.language):
            raise InvalidInputError(field="language")
        if self.seats is not None and not 1 <= self.seats <= MAX_SEATS:
            raise InvalidInputError(field="seats", limit=MAX_SEATS)

    @classmethod
    def parse(cls, **raw: str | None) -> Self:
        """Read filters as an address spells them (`q category modality place month maxPrice language seats`).

        Empty values are no filter; `maxPrice` is in whole euros. Raises InvalidInputError naming the field.
        """
        given = {key: value.strip() for key, value in raw.items() if value and value.strip()}
        if len(given.get("q", "")) > MAX_TEXT:
            raise InvalidInputError(field="q", limit=MAX_TEXT)
        price = _whole_number(given.get("maxPrice"), "maxPrice")
        return cls(
            text=given.get("q", ""),
            category=_member(Category, given.get("category"), "category"),
            modality=_member(Modality, given.get("modality"), "modality"),
            place=given.get("place"),
            month=given.get("month"),
            max_price_cents=None if price is None else price * 100,
            language=given.get("language"),
            seats=_whole_number(given.get("seats"), "seats"),
        )

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the fields that narrow the result."""
        return tuple(name for name in self.__slots__ if getattr(self, name) not in {None, ""})

    def without(self, name: str) -> "CourseFilters":
        """Return these filters less one."""
        return replace(self, **{name: "" if name == "text" else None})


def _whole_number(value: str | None, field: str) -> int | None:
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 9:  # noqa: PLR2004 - keeps it in 32 bits
        raise InvalidInputError(field=field)
    return int(value)


def _member(kind: type[E], value: str | None, field: str) -> E | None:
    if value is None:
        return None
    try:
        return kind(value.upper())
    except ValueError:
        raise InvalidInputError(field=field) from None


class Result(msgspec.Struct, frozen=True, rename="camel", kw_only=True, gc=False):
    """Base of results."""


class Price(Result, frozen=True):
    """An amount in cents, as the API writes money."""

    amount_cents: int
    currency: str = "EUR"


class Seller(Result, frozen=True):
    """The training organisation on a card."""

    id: UUID
    name: str
    slug: str
    qualiopi: bool
    """Whether its quality certificate is valid today."""
    qualiopi_valid_until: date | None = None


class OpenSession(Result, frozen=True):
    """A session to come, with the seats that are free now."""

    id: UUID
    start_date: datetime
    end_date: datetime
    time_zone: str
    location: str
    airport_code: str | None
    address: str
    modality: str
    language: str
    max_places: int
    available_places: int
    price_cents: int
    currency: str
    status: str


class CourseCard(Result, frozen=True):
    """A course in a list; `next_session` is the first one that fits the filters."""

    id: UUID
    slug: str
    title: str
    title_en: str
    category: str
    modalities: tuple[str, ...]
    languages: tuple[str, ...]
    organization: Seller
    rating: float | None
    review_count: int
    duration_minutes: int
    validity_months: int | None
    legal_basis: str
    price_cents: int
    """The lowest price among the sessions to come, else the course's."""
    currency: str
    next_session: OpenSession | None = None

    @property
    def price(self) -> Price:
        """The same amount as the API writes money."""
        return Price(amount_cents=self.price_cents, currency=self.currency)


class FacetCount(Result, frozen=True):
    """How many courses one more filter value would leave."""

    value: str
    count: int


class Facets(Result, frozen=True):
    """Values to choose from, each counted with all other filters kept; places and months by how soon and how many."""

    categories: list[FacetCount]
    modalities: list[FacetCount]
    languages: list[FacetCount]
    places: list[FacetCount]
    months: list[FacetCount]


class Suggestion(Result, frozen=True):
    """What to try when nothing fits: the filter to drop and how many courses that gives, or the nearest courses."""

    drop: str | None
    """A field name of CourseFilters, or None when only the nearest courses can help."""
    total: int
    courses: list[CourseCard]


class RefundTier(Result, frozen=True):
    """A cancellation at least so many days before the start gives back so many percent."""

    days_before: int
    percent: int


class ReviewView(Result, frozen=True):
    """A learner's opinion; only the first name and an initial are shown."""

    id: UUID
    author: str
    rating: int
    comment: str
    created_at: datetime


class OrganizationView(Result, frozen=True):
    """A training organisation as the public sees it."""

    id: UUID
    name: str
    slug: str
    city: str
    description: str
    description_en: str
    website: str
    siret: str | None
    nda: str | None
    vat_regime: str
    qualiopi: bool
    qualiopi_certifier: str | None
    qualiopi_valid_until: date | None


class CourseDetail(Result, frozen=True):
    """Everything of a course page."""

    id: UUID
    slug: str
    type_code: str | None
    title: str
    title_en: str
    description: str
    description_en: str
    objectives: list[str]
    objectives_en: list[str]
    prerequisites: str
    prerequisites_en: str
    bring: str
    bring_en: str
    methods: str
    methods_en: str
    evaluation: str
    evaluation_en: str
    accessibility: str
    accessibility_en: str
    category: str
    modalities: list[str]
    language: str
    duration_minutes: int
    price_cents: int
    currency: str
    validity_months: int | None
    validity_anchor: str
    window_months: int
    legal_basis: str
    refund_tiers: list[RefundTier]
    status: str
    rating: float | None
    review_count: int
    rating_counts: list[int]
    """How many reviews gave 1, 2, 3, 4 and 5."""
    published_at: datetime | None
    organization: OrganizationView
    sessions: list[OpenSession]
    reviews: list[ReviewView]


class OwnCourse(Result, frozen=True):
    """A course in its organisation's own list."""

    id: UUID
    slug: str
    title: str
    title_en: str
    category: str
    status: str
    price_cents: int
    currency: str
    organization_id: UUID
    updated_at: datetime | None

    @classmethod
    def of(cls, course: Course) -> Self:
        """Build from the table's row."""
        return cls(**{name: getattr(course, name) for name in cls.__struct_fields__})


class OrganizationPage(Result, frozen=True):
    """A training organisation with its published courses."""

    organization: OrganizationView
    rating: float | None
    review_count: int
    courses: list[CourseCard]
