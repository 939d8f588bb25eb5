"""Who is verified in the demonstration, and what waits for a reviewer."""

import io
import unicodedata
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from pygmalion_app.accounts.queries import actor_of_user
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.demo.ids import demo_id
from pygmalion_app.demo.people import Cast
from pygmalion_app.kyc import documents, review, service
from pygmalion_app.kyc.inspection.verdict import Clean
from pygmalion_app.kyc.models import DocumentKind, Reason
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.rules import today
from pygmalion_app.kyc.schemas import Decide, Decision, UploadDocument

WAITING: Final = "occitanie-aero-training"
ASKED: Final = "aeroport-val-d-yerres"
_SCHOOL = (
    (DocumentKind.REGISTRATION, "Extrait Kbis", None),
    (DocumentKind.NDA_DECLARATION, "Récépissé de déclaration d'activité", None),
    (DocumentKind.QUALIOPI_CERTIFICATE, "Certificat Qualiopi", 810),
    (DocumentKind.BANK_DETAILS, "Relevé d'identité bancaire", None),
)
_PAPER: Final = (1240, 1754)


def verified_rows(cast: Cast, container: Container) -> list[dict[str, Any]]:
    """Return approved cases for every organisation, those aside that are still being looked at."""
    now = container.clock.now()
    approved_at = now - timedelta(days=120)
    others = {demo_id("organization", slug) for slug in (WAITING, ASKED)}
    return [
        {
            "id": demo_id("kyc", row["id"]),
            "organization_id": row["id"],
            "state": "approved",
            "state_at": approved_at,
            "submitted_at": approved_at - timedelta(days=1),
            "note": "",
            "valid_until": row["qualiopi_valid_until"] or today(now) + timedelta(days=900),
        }
        for row in cast.rows["organizations"]
        if row["id"] not in others
    ]


async def send_documents(container: Container, cast: Cast) -> None:
    """Put a school and a trainer into the review queue, and ask the airport for more, through the services."""
    school = demo_id("organization", WAITING)
    head = next(
        row["user_id"]
        for row in cast.rows["organization_members"]
        if row["organization_id"] == school and row["role"] == "training_admin"
    )
    await _submit(container, head, Subject(organization_id=school), _SCHOOL)
    trainer = cast.accounts["trainer"]
    await _submit(container, trainer, Subject(user_id=trainer), ((DocumentKind.PASSPORT, "Passeport", 1500),))
    airport = Subject(organization_id=demo_id("organization", ASKED))
    papers = ((DocumentKind.REGISTRATION, "Extrait Kbis", None),)
    case_id = await _submit(container, cast.accounts["airport"], airport, papers)
    admin = Actor(cast.accounts["admin"], is_platform_admin=True)
    asked = Decide(
        decision=Decision.ASK, reason=Reason.INCOMPLETE, note="Il manque la deuxième page de l'extrait Kbis."
    )
    async with unit_of_work(admin, container) as uow:
        await review.take(uow, case_id)
    async with unit_of_work(admin, container) as uow:
        await review.decide(uow, case_id, asked)


async def _submit(
    container: Container, user_id: UUID, subject: Subject, papers: tuple[tuple[DocumentKind, str, int | None], ...]
) -> UUID:
    actor = await actor_of_user(user_id) or Actor(user_id)
    day = today(container.clock.now())
    for kind, title, days in papers:
        command = UploadDocument(
            kind=kind, file_name=f"{title}.jpg", valid_until=day + timedelta(days=days) if days else None
        )
        await documents.keep(actor, subject, command, Clean("image/jpeg", 1, specimen(title)))
    async with unit_of_work(actor, container) as uow:
        case = await service.submit(uow, subject)
    if case.id is None:
        message = "a submitted case has an id"
        raise RuntimeError(message)
    return case.id


def specimen(title: str) -> bytes:
    """Return a sheet of paper that says what it would be."""
    # Imported on the first load only.
    from PIL import Image, ImageDraw, ImageFont

    # The library's own typeface knows no accents.
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    sheet = Image.new("RGB", _PAPER, "#fbfaf6")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((60, 60, _PAPER[0] - 60, _PAPER[1] - 60), outline="#0a1831", width=4)
    pen.text((120, 140), plain, fill="#0a1831", font=ImageFont.load_default(60))
    pen.text((120, 240), "SPECIMEN - demonstration", fill="#b3541e", font=ImageFont.load_default(36))
    for line in range(16):
        right = _PAPER[0] - 120 - (line * 97) % 400
        pen.line((120, 420 + 64 * line, right, 420 + 64 * line), fill="#c9cdd6", width=10)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=70)
    return out.getvalue()
