"""Calendar feeds at their private addresses: calendar programs cannot sign in."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.learning import calendar

router = APIRouter(include_in_schema=False)

_LONGEST_TOKEN = 64
_HEADERS = {
    "Cache-Control": "private, max-age=300",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Content-Disposition": 'inline; filename="pygmalion.ics"',
}


@router.get(calendar.PATH)
async def feed(token: Annotated[str, Path(max_length=_LONGEST_TOKEN)]) -> Response:
    """Return the calendar behind a token."""
    async with unit_of_work(ANONYMOUS) as uow:
        content = await calendar.feed(uow, token)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=_HEADERS)
