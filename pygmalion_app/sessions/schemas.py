"""What sessions take and give. Times are aware UTC; amounts cents excluding VAT."""

from datetime import datetime
from uuid import UUID

from pygmalion_app.catalog.schemas import OpenSession, Price, Result


class BoardSession(Result, frozen=True):
    """A line of the departures board: a session to come with a free seat."""

    id: UUID
    course_slug: str
    course_title: str
    course_title_en: str
    category: str
    organization_name: str
    start_date: datetime
    time_zone: str
    location: str
    modality: str
    max_places: int
    available_places: int
    price_cents: int
    currency: str


class SessionView(OpenSession, frozen=True):
    """A session and the course it is of."""

    formation_id: UUID
    course_slug: str
    course_title: str
    course_title_en: str
    category: str
    duration_minutes: int
    organization_id: UUID
    organization_name: str
    organization_slug: str
    trainer_id: UUID | None
    min_participants: int

    @property
    def price(self) -> Price:
        """The price as the API writes money."""
        return Price(amount_cents=self.price_cents, currency=self.currency)
