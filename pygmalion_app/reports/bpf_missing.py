"""What a yearly training report lacks, and where each gap is mended."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from pygmalion_app.catalog.models import Modality
from pygmalion_app.enrollments.funding_models import FundingKind, FundingStatus
from pygmalion_app.reports.bpf_schemas import Missing, MissingData

_EURO: Final = "EUR"
_OF_SESSION: Final = ("session_id", "title", "title_en", "starts_at", "time_zone")
_Rows = list[dict[str, Any]]


def gaps(school: dict[str, Any], seats: _Rows, sold: _Rows, shares: _Rows) -> tuple[MissingData, ...]:
    """Return every gap: of the organisation, of sessions, of people, of courses, of orders."""
    return (
        *_of_school(school),
        *_of_sessions(seats),
        *_of_people(seats),
        *_of_courses(seats),
        *_of_orders(sold, shares),
    )


def _of_school(school: dict[str, Any]) -> Iterator[MissingData]:
    if not school["nda"]:
        yield MissingData(kind=Missing.NDA)
    if not school["siret"]:
        yield MissingData(kind=Missing.SIRET)


def _of_sessions(seats: _Rows) -> Iterator[MissingData]:
    sessions: dict[UUID, _Rows] = {}
    for seat in seats:
        sessions.setdefault(seat["session_id"], []).append(seat)
    for people in sessions.values():
        about = {name: people[0][name] for name in _OF_SESSION}
        unjudged = sum(seat["present"] is None for seat in people)
        unsigned = sum(seat["unsigned"] for seat in people if seat["present"])
        if unjudged:
            yield MissingData(kind=Missing.UNJUDGED, count=unjudged, **about)
        if unsigned and people[0]["modality"] != Modality.ELEARNING:
            yield MissingData(kind=Missing.SHEET, count=unsigned, **about)
        if people[0]["trainer_id"] is None and any(seat["present"] for seat in people):
            yield MissingData(kind=Missing.NO_TRAINER, **about)


def _of_people(seats: _Rows) -> Iterator[MissingData]:
    came = [seat for seat in seats if seat["present"]]
    unsaid = {seat["trainer_id"]: seat for seat in came if seat["trainer_id"] is not None and seat["external"] is None}
    for user_id, seat in unsaid.items():
        yield MissingData(kind=Missing.TRAINER, user_id=user_id, name=seat["trainer_name"])
    for seat in came:
        if seat["cpf"] and seat["payer"] != "company" and not seat["trainee_kind"]:
            about = {name: seat[name] for name in _OF_SESSION}
            yield MissingData(
                kind=Missing.TRAINEE, enrollment_id=seat["id"], order_id=seat["order_id"], name=seat["name"], **about
            )


def _of_courses(seats: _Rows) -> Iterator[MissingData]:
    courses = {seat["course_id"]: seat for seat in seats if seat["present"]}
    for seat in courses.values():
        about = {"title": seat["title"], "title_en": seat["title_en"]}
        if not seat["bpf_objective"]:
            yield MissingData(kind=Missing.OBJECTIVE, **about)
        if not seat["nsf_code"]:
            yield MissingData(kind=Missing.NSF, **about)


def _of_orders(sold: _Rows, shares: _Rows) -> Iterator[MissingData]:
    for row in sold:
        if row["currency"] != _EURO:
            yield MissingData(kind=Missing.CURRENCY, order_id=row["order_id"], name=row["name"])
    sold_now = {row["order_id"] for row in sold}
    for share in shares:
        if share["order_id"] not in sold_now:
            continue
        if share["kind"] == FundingKind.OTHER:
            yield MissingData(kind=Missing.FUNDER, order_id=share["order_id"], name=share["name"])
        if share["status"] == FundingStatus.REQUESTED:
            yield MissingData(kind=Missing.FUNDING, order_id=share["order_id"], name=share["name"])
