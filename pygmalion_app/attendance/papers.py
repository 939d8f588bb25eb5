"""The attendance sheet as a document: every half-day, both signatures, and when each was made and received."""

import asyncio
from datetime import date
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from pygmalion_app.attendance import drawing, queries
from pygmalion_app.attendance.document.render import render
from pygmalion_app.attendance.models import AttendanceMark, Presence
from pygmalion_app.attendance.schemas import CountersignatureView, HalfDayView, MarkView, SheetView
from pygmalion_app.core.i18n import format_day, format_days, format_time, supported, translate
from pygmalion_app.core.unit_of_work import UnitOfWork

_IN_A_ROW: Final = 6
_EMPTY: Final = {"image": "", "alt": "", "word": "", "note": ""}
_Place = tuple[date, int]


async def sheet_pdf(uow: UnitOfWork, session_id: UUID, locale: str) -> bytes:
    """Return the sheet as PDF, to the session's trainer and its organisation's admin; NotFoundError to anybody else."""
    found = await queries.sheet(uow, session_id)
    ring = uow.settings.file_key_ring
    rows = await queries.marks_of(uow, session_id)
    drawn = {_place_of(row): drawing.opened(ring, row) for row in rows}
    under = {
        (row.day, row.part): drawing.opened(ring, row) for row, _ in await queries.countersignatures_of(uow, session_id)
    }
    words = _Words(found, supported(locale), drawn, under).all()
    return await asyncio.to_thread(render, words)


def _place_of(row: AttendanceMark | MarkView) -> tuple[UUID, date, int]:
    return row.enrollment_id, row.day, row.part


class _Words:
    """What the sheet says, in one language."""

    def __init__(
        self,
        sheet: SheetView,
        locale: str,
        drawn: dict[tuple[UUID, date, int], str | None],
        under: dict[_Place, str | None],
    ) -> None:
        self.sheet, self.locale, self.drawn, self.under = sheet, locale, drawn, under
        self.marks = {_place_of(mark): mark for mark in sheet.marks}
        self.trainers = {(one.day, one.part): one for one in sheet.countersignatures}

    def all(self) -> dict[str, Any]:
        """Return everything that the template shows."""
        sheet, day = self.sheet, self.sheet.starts_at.astimezone(ZoneInfo(self.sheet.time_zone)).date()
        title = sheet.course_title_en if self.locale == "en" else sheet.course_title
        days = format_days(self.locale, sheet.starts_at, sheet.ends_at, sheet.time_zone)
        blocks = [sheet.half_days[at : at + _IN_A_ROW] for at in range(0, len(sheet.half_days), _IN_A_ROW)]
        return {
            "lang": self.locale,
            "title": title,
            "author": "Pygmalion",
            "date": [day.year, day.month, day.day],
            "kicker": self.say("sheet-kicker"),
            "facts": [
                self.say("sheet-school", name=sheet.organization_name),
                self.say("sheet-when", days=days, place=sheet.location or self.say("place-remote")),
                self.say("sheet-led", name=sheet.trainer_name or "–"),
            ],
            "who": self.say("sheet-participant"),
            "trainer": self.say("sheet-trainer"),
            "blocks": [self._block(halves) for halves in blocks],
            "closing": self.say("sheet-closing", zone=sheet.time_zone),
            "footer": self.say("sheet-footer", session=str(sheet.session_id)),
        }

    def say(self, key: str, **facts: object) -> str:
        return translate(self.locale, key, **facts)

    def _block(self, halves: tuple[HalfDayView, ...]) -> dict[str, Any]:
        return {
            "heads": [
                f"{format_day(self.locale, half.starts_at, self.sheet.time_zone, 'EEE d MMM y')}"
                f" · {self.say(f'half-{half.word}')}"
                for half in halves
            ],
            "rows": [
                {
                    "name": f"{one.last_name.upper()} {one.first_name}",
                    "cells": [self._mark(one.enrollment_id, half) for half in halves],
                }
                for one in self.sheet.people
            ],
            "under": [self._trainer(half) for half in halves],
        }

    def _mark(self, enrollment_id: UUID, half: HalfDayView) -> dict[str, str]:
        place = (enrollment_id, half.day, half.part)
        mark = self.marks.get(place)
        if mark is None:
            return _EMPTY
        word = ""
        if mark.state == Presence.ABSENT:
            word = self.say("sheet-absent", reason=self.say(f"reason-{mark.reason or 'unknown'}"))
        elif mark.minutes_late:
            word = self.say("sheet-late", minutes=mark.minutes_late)
        strokes = self.drawn.get(place)
        return {
            "image": drawing.svg(strokes) if strokes else "",
            "alt": self.say("sheet-signature"),
            "word": word,
            "note": "" if mark.state == Presence.ABSENT else self._times(mark),
        }

    def _trainer(self, half: HalfDayView) -> dict[str, str]:
        signed = self.trainers.get((half.day, half.part))
        if signed is None:
            return _EMPTY
        strokes = self.under.get((half.day, half.part))
        return {
            "image": drawing.svg(strokes) if strokes else "",
            "alt": self.say("sheet-signature"),
            "word": signed.name,
            "note": self._times(signed),
        }

    def _times(self, signed: MarkView | CountersignatureView) -> str:
        """Say when it was signed, and apart from it when it came, where those differ."""
        zone = self.sheet.time_zone
        at = format_time(self.locale, signed.signed_at, zone)
        if not signed.sent_late:
            return self.say("sheet-signed-at", at=at)
        received = f"{format_day(self.locale, signed.received_at, zone, 'd MMM')} " + format_time(
            self.locale, signed.received_at, zone
        )
        return self.say("sheet-received-at", at=at, received=received)
