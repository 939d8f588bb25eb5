"""What the services of sessions take. Prices are cents excluding VAT."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from pygmalion_app.catalog.commands import Cents, Language
from pygmalion_app.catalog.models import Modality
from pygmalion_app.core.schemas import Command

Place = Annotated[str, Field(max_length=120)]
Address = Annotated[str, Field(max_length=300)]
Airport = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Zone = Annotated[str, Field(max_length=64)]
LockDays = Annotated[int, Field(ge=0, le=60)]
Places = Annotated[int, Field(gt=0, le=1_000)]


class CreateSession(Command):
    """A new session of a course. Times without an offset are local to `time_zone`; what is empty is the course's."""

    start_date: datetime
    end_date: datetime
    time_zone: Zone = "Europe/Paris"
    location: Place = ""
    airport_code: Airport | None = None
    address: Address = ""
    modality: Modality | None = None
    language: Language | None = None
    max_places: Places
    min_participants: Places = 1
    price_cents: Cents | None = None
    trainer_id: UUID | None = None
    changes_until_days: LockDays | None = None
    """Until how many days before it starts buyers change their seats by themselves; empty: as its organisation says."""


class UpdateSession(Command):
    """Changes to a session; what is left out stays as it is."""

    start_date: datetime | None = None
    end_date: datetime | None = None
    time_zone: Zone | None = None
    location: Place | None = None
    airport_code: Airport | None = None
    address: Address | None = None
    modality: Modality | None = None
    language: Language | None = None
    max_places: Places | None = None
    min_participants: Places | None = None
    price_cents: Cents | None = None
    trainer_id: UUID | None = None
    """May be sent as null: nobody leads the session yet."""
    changes_until_days: LockDays | None = None
    """For orders to come. May be sent as null: as the organisation says."""
