"""The learner's certificates in the demonstration, each state of a certificate's life once, through the services."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from pygmalion_app.accounts.queries import actor_of_user
from pygmalion_app.certificates import external, external_review, issuing
from pygmalion_app.certificates.corrections import correct
from pygmalion_app.certificates.external_schemas import DecideExternal, UploadExternal
from pygmalion_app.certificates.models import RevocationReason
from pygmalion_app.certificates.revocation import revoke
from pygmalion_app.certificates.schemas import CorrectCommand, RevokeCommand
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.demo.ids import demo_id
from pygmalion_app.demo.people import Cast
from pygmalion_app.demo.sessions import CORRECTED_CODE, REVOKED_CODE, SCHOOL
from pygmalion_app.demo.verification import specimen
from pygmalion_app.kyc.inspection.verdict import Clean

_PLACE: Final = "Roissy-en-France, terminal 2"
# Obtained elsewhere: title, who issued it, the course that it stands for, days ago, days of validity, accepted or not.
_ELSEWHERE: Final = (
    ("Sauveteur secouriste du travail", "Croix-Secours Formation", "SST", 400, 730, True),
    ("Facteurs humains, formation initiale", "Hangar Nord Formation", None, 35, 730, None),
)


async def issue_learners(container: Container, cast: Cast) -> int:
    """Issue the learner's certificates, correct one, take one back, and send two obtained elsewhere."""
    learner = cast.accounts["learner"]
    mine = [row for row in cast.rows["enrollments"] if row["user_id"] == learner and row["completed_at"] is not None]
    # The newest last: it renews what was completed before.
    for row in sorted(mine, key=lambda row: row["completed_at"]):
        certificate = await issuing.issue(row["id"], container)
        if certificate is not None:
            await _change(container, cast, row, certificate, newest=_is_newest(row, mine))
    await _send_elsewhere(container, cast)
    return len(mine)


def _is_newest(row: dict[str, Any], rows: list[dict[str, Any]]) -> bool:
    same = [other["completed_at"] for other in rows if other["course_id"] == row["course_id"]]
    return row["completed_at"] == max(same)


async def _change(container: Container, cast: Cast, row: dict[str, Any], certificate: UUID, *, newest: bool) -> None:
    admin = Actor(cast.accounts["admin"], is_platform_admin=True, authenticated_at=container.clock.now())
    if row["course_id"] == demo_id("course", SCHOOL, REVOKED_CODE):
        async with unit_of_work(admin, container) as uow:
            reason = RevocationReason.ATTENDANCE_CORRECTED
            await revoke(uow, RevokeCommand(certificate_id=certificate, reason=reason))
    elif newest and row["course_id"] == demo_id("course", SCHOOL, CORRECTED_CODE):
        async with unit_of_work(admin, container) as uow:
            made = await correct(uow, CorrectCommand(certificate_id=certificate, location=_PLACE))
        await issuing.make_document(made.id, container)


async def _send_elsewhere(container: Container, cast: Cast) -> None:
    learner = cast.accounts["learner"]
    holder, manager = await actor_of_user(learner), await actor_of_user(cast.accounts["manager"])
    today: date = container.clock.now().date()
    for title, issuer, code, days, validity, accepted in _ELSEWHERE:
        obtained = today - timedelta(days=days)
        command = UploadExternal(
            title=title,
            issuer=issuer,
            type_code=code,
            obtained_on=obtained,
            valid_until=obtained + timedelta(days=validity),
            file_name=f"{title}.jpg",
        )
        clean = Clean("image/jpeg", 1, specimen(title))
        sent = await external.keep(holder or Actor(learner), command, clean)
        if accepted and manager is not None:
            async with unit_of_work(manager, container) as uow:
                await external_review.decide(uow, sent.id, DecideExternal(accepted=True))
