"""A certificate's badge, for anybody's web site (SVG) and for previews of its link (PNG); never older than minutes."""

import asyncio
import io
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from pygmalion_app.api.public_pages.sharing import BADGE_HEIGHT, BADGE_WIDTH
from pygmalion_app.api.public_pages.verification_view import LOOKS, template
from pygmalion_app.certificates import verification
from pygmalion_app.certificates.status import Status
from pygmalion_app.certificates.verification import Verification
from pygmalion_app.core.i18n import format_day, supported, translate
from pygmalion_app.core.unit_of_work import container

router = APIRouter(include_in_schema=False)

# Pages of others show it, so they may load it; it runs and loads nothing itself.
_HEADERS = {
    "Cache-Control": "public, max-age=300",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Robots-Tag": "noindex",
}
_COLOURS = {"ok": "#2fc277", "info": "#4f93f0", "warn": "#f0ab00", "bad": "#f0564b", "idle": "#76839b"}
_NIGHT, _PAPER, _QUIET, _SIGNAL = "#0a1831", "#f6f3ea", "#b5c1d8", "#ff6a2b"
_FONTS = Path(__file__).parents[2] / "certificates" / "document" / "fonts"
_PICTURE = (1200, 630)
_Language = Annotated[str, Query(max_length=10)]


@router.get("/badge/{token}.svg")
async def badge(token: str, lang: _Language = "") -> Response:
    """Return the badge as it is now; one that says "unknown" for a code that leads nowhere."""
    shown = await _shown(token, supported(lang))
    svg = template("badge.svg").render(shown, width=BADGE_WIDTH, height=BADGE_HEIGHT)
    return Response(svg, 200 if shown["known"] else 404, _HEADERS, "image/svg+xml")


@router.get("/badge/{token}.png")
async def picture(token: str, lang: _Language = "") -> Response:
    """Return the picture that networks show beside a link to the certificate."""
    shown = await _shown(token, supported(lang))
    lines = (shown["word"], shown["colour"], shown["course"], shown["holder"], shown["organization"], shown["until"])
    png = await asyncio.to_thread(_draw, lines)
    return Response(png, 200 if shown["known"] else 404, _HEADERS, "image/png")


async def _shown(token: str, locale: str) -> dict[str, Any]:
    found = await verification.verify_token(container(), token)
    return _said(locale, found) | {
        "known": found.status is not Status.UNKNOWN,
        "word": translate(locale, f"verify-word-{found.status}"),
        "colour": _COLOURS[LOOKS[found.status][0]],
    }


def _said(locale: str, found: Verification) -> dict[str, str]:
    said = found.certificate
    if said is None:
        return {"course": translate(locale, "share-badge-unknown"), "holder": "", "organization": "", "until": ""}
    until = translate(locale, "share-until", date=format_day(locale, said.valid_until)) if said.valid_until else ""
    return {
        "course": said.course_en if locale == "en" else said.course,
        "holder": said.holder or "",
        "organization": said.organization,
        "until": until,
    }


@lru_cache(maxsize=64)
def _draw(lines: tuple[str, ...]) -> bytes:
    """Draw the picture. Some tens of milliseconds: call it in a thread."""
    from PIL import Image, ImageDraw

    word, colour, course, holder, organization, until = lines
    image = Image.new("RGB", _PICTURE, _NIGHT)
    draw: Any = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 24, _PICTURE[1]), fill=colour)
    # The mark's four bars, as in the wordmark.
    for place, (top, height, fill) in enumerate(((0, 52, _PAPER), (0, 34, _PAPER), (0, 34, _PAPER), (6, 22, _SIGNAL))):
        left = 84 + 14 * place
        draw.rectangle((left, 64 + top, left + 9, 64 + top + height), fill=fill)
    draw.text((156, 66), "Pygmalion", font=_font("600", 40), fill=_PAPER)
    draw.ellipse((84, 170, 124, 210), fill=colour)
    draw.text((146, 164), word, font=_font("700", 44), fill=colour)
    top = 250
    for line in _wrapped(draw, course, _font("700", 62), 2):
        draw.text((84, top), line, font=_font("700", 62), fill=_PAPER)
        top += 76
    if holder:
        draw.text((84, top + 16), _cut(draw, holder, _font("600", 44)), font=_font("600", 44), fill=_PAPER)
    foot = " · ".join(part for part in (organization, until) if part)
    draw.text((84, 544), _cut(draw, foot, _font("400", 32)), font=_font("400", 32), fill=_QUIET)
    made = io.BytesIO()
    image.save(made, "PNG", optimize=True)
    return made.getvalue()


def _font(weight: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(_FONTS / f"Archivo-{weight}.ttf", size)


def _wrapped(draw: Any, text: str, font: Any, most: int) -> list[str]:
    lines, words = [""], text.split()
    while words:
        longer = f"{lines[-1]} {words[0]}".strip()
        if lines[-1] and draw.textlength(longer, font=font) > _PICTURE[0] - 168:
            if len(lines) == most:
                return [*lines[:-1], _cut(draw, f"{lines[-1]} {' '.join(words)}", font)]
            lines.append("")
            continue
        lines[-1] = longer
        words.pop(0)
    return [*lines[:-1], _cut(draw, lines[-1], font)]


def _cut(draw: Any, text: str, font: Any) -> str:
    if draw.textlength(text, font=font) <= _PICTURE[0] - 168:
        return text
    while text and draw.textlength(f"{text}…", font=font) > _PICTURE[0] - 168:
        text = text[:-1]
    return f"{text.rstrip()}…"
