"""The calendar feed: read as calendars do, over changes, in other zones, under an address that can be changed."""

from base64 import b64decode
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from icalendar import Calendar
from sqlalchemy import update
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.mails import called_up, facts_of
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus
from pygmalion_app.sessions.models import TrainingSession
from tests.cast import Cast
from tests.clock import MovableClock
from tests.learning.booking import book
from tests.life.conftest import bearer


async def _change(container: Container, model: Any, key: UUID, **values: Any) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(update(model).where(col(model.id) == key).values(**values))


async def _events(client: httpx.AsyncClient, url: str) -> tuple[Calendar, list[Any]]:
    answer = await client.get(url)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    return calendar, list(calendar.walk("VEVENT"))


async def test_a_seat_keeps_its_uid_and_counts_its_changes(
    container: Container, cast: Cast, client: httpx.AsyncClient, clock: MovableClock
) -> None:
    signed = bearer(cast.lea, container)
    (seat,) = await book(container, cast, cast.lea)
    url = (await client.get("/api/v1/calendar", headers=signed)).json()["data"]["url"]
    _, (first,) = await _events(client, url)
    _, (again,) = await _events(client, url)
    assert first.to_ical() == again.to_ical()
    assert (str(first["uid"]), first["sequence"], first["status"]) == (f"{seat}@pygmalion", 0, "CONFIRMED")
    clock.move(hours=1)
    await _change(container, TrainingSession, cast.session, location="Nice")
    _, (moved,) = await _events(client, url)
    assert (str(moved["uid"]), moved["sequence"], str(moved["location"])) == (str(first["uid"]), 1, "Nice")
    assert moved["last-modified"].dt > first["last-modified"].dt
    await _change(container, Enrollment, seat, status=EnrollmentStatus.CANCELLED)
    _, (gone,) = await _events(client, url)
    assert (gone["sequence"], gone["status"]) == (2, "CANCELLED")
    assert str(gone["summary"]).startswith("Annulé")


async def test_what_was_never_confirmed_is_in_no_calendar(
    container: Container, cast: Cast, client: httpx.AsyncClient
) -> None:
    await book(container, cast, cast.lea, status=EnrollmentStatus.CANCELLED)
    await book(container, cast, cast.lea, status=EnrollmentStatus.PENDING)
    url = (await client.get("/api/v1/calendar", headers=bearer(cast.lea, container))).json()["data"]["url"]
    assert (await _events(client, url))[1] == []


async def test_the_convocation_brings_the_feeds_entry(
    container: Container, cast: Cast, client: httpx.AsyncClient, run_jobs: Callable[[], Awaitable[None]]
) -> None:
    """A seat that moves comes under the same UID and a higher sequence: the calendar takes the one for the other."""
    (seat,) = await book(container, cast, cast.lea)
    url = (await client.get("/api/v1/calendar", headers=bearer(cast.lea, container))).json()["data"]["url"]
    # From Friday to Monday: nobody comes at the weekend.
    starts_at = datetime(2027, 3, 5, 8, tzinfo=UTC)
    friday = {"starts_at": starts_at, "ends_at": starts_at + timedelta(days=3, hours=8), "time_zone": "Europe/Paris"}
    found: list[Any] = []
    for place in ("Nice", "Lyon"):
        await _change(container, TrainingSession, cast.session, location=place, **friday)
        async with unit_of_work(SYSTEM, container) as uow:
            await called_up(uow, cast.lea.require_user(), seat, await facts_of(uow, cast.session, cast.marc.user_id))  # pyright: ignore[reportArgumentType]
        await run_jobs()
        box = (await client.get("/api/v1/dev/mailbox?to=lea@test.example")).json()["data"]
        (file,) = box[0]["attachments"]
        assert (file["name"], file["type"]) == ("formation.ics", "text/calendar; charset=utf-8; method=PUBLISH")
        calendar = Calendar.from_ical(b64decode(file["content"]))
        (event,) = calendar.walk("VEVENT")
        _, (fed,) = await _events(client, url)
        assert event.to_ical() == fed.to_ical()
        assert calendar["method"] == "PUBLISH"
        found.append(event)
    first, moved = found
    assert str(first["uid"]) == str(moved["uid"]) == f"{seat}@pygmalion"
    assert (moved["sequence"] - first["sequence"], str(moved["location"])) == (1, "Lyon")
    assert [one.dt.day for one in moved["exdate"][0].dts + moved["exdate"][1].dts] == [6, 7]
    assert "ven. 5 mars : 09:00–13:00, 13:00–17:00" in str(moved["description"]).replace("\u202f", " ")


async def test_days_are_those_of_the_place(container: Container, cast: Cast, client: httpx.AsyncClient) -> None:
    await book(container, cast, cast.lea)
    # Three days from 8:30 to 16:00 in La Réunion, over the turn of the summer time that Paris has and they have not.
    starts_at = datetime(2027, 3, 27, 4, 30, tzinfo=UTC)
    await _change(
        container,
        TrainingSession,
        cast.session,
        time_zone="Indian/Reunion",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=2, hours=7, minutes=30),
    )
    url = (await client.get("/api/v1/calendar", headers=bearer(cast.lea, container))).json()["data"]["url"]
    calendar, (event,) = await _events(client, url)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Indian/Reunion"]
    assert event["dtstart"].params["TZID"] == "Indian/Reunion"
    assert (event["dtstart"].dt.hour, event["dtstart"].dt.minute) == (8, 30)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=7, minutes=30)
    assert event["rrule"].to_ical() == b"FREQ=DAILY;COUNT=3"


async def test_a_renewed_address_takes_the_old_ones_place(
    container: Container, cast: Cast, client: httpx.AsyncClient
) -> None:
    signed = bearer(cast.lea, container)
    before = (await client.get("/api/v1/calendar", headers=signed)).json()["data"]["url"]
    assert (await client.get("/api/v1/calendar", headers=signed)).json()["data"]["url"] == before
    others = (await client.get("/api/v1/calendar", headers=bearer(cast.marc, container))).json()["data"]["url"]
    after = (await client.post("/api/v1/calendar/renew", headers=signed)).json()["data"]["url"]
    assert len({before, after, others}) == 3
    assert (await client.get(before)).status_code == 404
    assert (await client.get(after)).status_code == 200
    async with unit_of_work(SYSTEM, container) as uow:
        (kept,) = await uow.sql("SELECT string_agg(f::text, ' ') AS rows FROM calendar_feeds f")
    assert after.rsplit("/", maxsplit=1)[-1].removesuffix(".ics") not in kept["rows"]
