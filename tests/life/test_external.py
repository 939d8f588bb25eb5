"""Certificates obtained elsewhere: taken in safely, checked by somebody else, counted once accepted."""

from datetime import date, timedelta
from uuid import UUID

import httpx
import pytest

from pygmalion_app.certificates import external, external_queries, external_review, holdings
from pygmalion_app.certificates.errors import ExternalDecidedError, ExternalOwnError, ExternalUnreadableError
from pygmalion_app.certificates.external_schemas import DecideExternal, UploadExternal
from pygmalion_app.certificates.life_models import ExternalReason
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.kyc.inspection.verdict import Clean
from tests.cast import Cast
from tests.clock import MovableClock
from tests.kyc.files import pdf
from tests.life.conftest import Register, bearer

_CLEAN = Clean("application/pdf", 1, b"%PDF-1.7 a certificate of Lea's")


async def _type(container: Container, cast: Cast, code: str = "SUR-X") -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql(
            "INSERT INTO course_types (id, code, title, title_en, category, modalities, duration_minutes,"
            " validity_anchor, window_months, legal_basis, provenance) VALUES (gen_random_uuid(), %(code)s, 'Sûreté',"
            " 'Security', 'SECURITY', '{PRESENTIEL}', 210, 'date', 0, '', '')",
            code=code,
        )
        await uow.sql("UPDATE courses SET type_code = %(code)s WHERE id = %(id)s", code=code, id=cast.course)


async def _sent(container: Container, person: Actor, until: date | None, code: str | None = None) -> UUID:
    command = UploadExternal(
        title="Sûreté T10", issuer="Une autre école", type_code=code, obtained_on=date(2026, 1, 5), valid_until=until,
        file_name="../../t10.exe",
    )  # fmt: skip
    return (await external.keep(person, command, _CLEAN)).id


async def test_a_holder_sends_one_over_the_api_and_it_is_stored_encrypted(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    path, headers = "/api/v1/certificates/external", bearer(cast.lea, container)
    said = {"title": "Sûreté T10", "issuer": "Une autre école", "obtainedOn": "2026-01-05", "validUntil": "2029-01-04"}
    document = pdf()
    answer = await client.post(path, headers=headers, data=said, files={"file": ("t10.pdf", document)})
    assert answer.status_code == 201, answer.text
    made = answer.json()["data"]
    assert (made["state"], made["organization"], made["pages"]) == ("waiting", "Aeroport Services", 1)
    for wrong, field in (
        (said | {"validUntil": "2025-01-01"}, "validUntil"),
        (said | {"obtainedOn": "2999-01-01", "validUntil": ""}, "obtainedOn"),
        (said | {"typeCode": "NOPE"}, "typeCode"),
    ):
        refused = await client.post(path, headers=headers, data=wrong, files={"file": ("t10.pdf", document)})
        assert (refused.status_code, refused.json()["field"]) == (422, field)
    program = await client.post(path, headers=headers, data=said, files={"file": ("t10.pdf", b"MZ\x90 program")})
    assert (program.status_code, program.json()["code"]) == (422, "external_refused_file")
    (stored,) = [one for one in (container.settings.pygmalion_home / "files" / "external").rglob("*") if one.is_file()]
    assert document[:200] not in stored.read_bytes()
    back = await client.get(f"{path}/{made['id']}/file", headers=headers)
    assert back.content == document
    assert back.headers["content-disposition"].endswith("t10.pdf")
    assert (await client.get(f"{path}/{made['id']}/file", headers=bearer(cast.olga, container))).status_code == 404
    assert (await client.delete(f"{path}/{made['id']}", headers=headers)).status_code == 204
    assert (await client.get(path, headers=headers)).json()["data"] == []


async def test_somebody_of_the_company_or_the_platform_decides_once_and_never_on_their_own(
    container: Container, cast: Cast
) -> None:
    leas, marcs = await _sent(container, cast.lea, None), await _sent(container, cast.marc, None)
    accept = DecideExternal(accepted=True)
    for actor, certificate, refusal in (
        (cast.lea, leas, ExternalOwnError),
        (cast.stranger, leas, NotFoundError),
        (cast.olga, leas, NotFoundError),
        (cast.marc, marcs, ExternalOwnError),
    ):
        async with unit_of_work(actor, container) as uow:
            with pytest.raises(refusal):
                await external_review.decide(uow, certificate, accept)
    async with unit_of_work(cast.marc, container) as uow:
        assert [one.id for one in (await external_queries.to_check(uow, PageRequest())).items] == [leas]
    async with unit_of_work(cast.ada, container) as uow:
        assert {one.id for one in (await external_queries.to_check(uow, PageRequest())).items} == {leas, marcs}
        # Marc manages his company alone: the platform checks his.
        assert (await external_review.decide(uow, marcs, accept)).organization is None
    async with unit_of_work(cast.marc, container) as uow:
        refused = DecideExternal(accepted=False, reason=ExternalReason.OUT_OF_DATE, note="Ask for the new one")
        assert (await external_review.decide(uow, leas, refused)).state == "refused"
        with pytest.raises(ExternalDecidedError):
            await external_review.decide(uow, leas, accept)
    async with unit_of_work(SYSTEM, container) as uow:
        mails = await uow.sql("SELECT to_address, text FROM outgoing_emails ORDER BY id")
    assert [row["to_address"].split("@")[0] for row in mails] == ["marc", "lea"]
    assert "Ask for the new one" in mails[1]["text"]


async def test_what_is_accepted_counts_beside_what_was_issued_here(
    container: Container, cast: Cast, register: Register, clock: MovableClock
) -> None:
    await _type(container, cast)
    today = clock.now().date()
    elsewhere = await _sent(container, cast.lea, today + timedelta(days=5000), "SUR-X")
    async with unit_of_work(cast.marc, container) as uow:
        assert await holdings.valid_until(uow, cast.lea.require_user(), cast.course) is None
    issued = await register(cast.lea, days_ago=2)
    async with unit_of_work(cast.marc, container) as uow:
        held = await holdings.valid_until(uow, cast.lea.require_user(), cast.course)
        assert held is not None
        assert (held.certificate_id, held.anchored, held.holds_on(today)) == (issued, True, True)
        await external_review.decide(uow, elsewhere, DecideExternal(accepted=True))
        held = await holdings.valid_until(uow, cast.lea.require_user(), cast.course)
        assert held is not None
        assert (held.certificate_id, held.anchored) == (elsewhere, False)
    async with unit_of_work(cast.stranger, container) as uow:
        with pytest.raises(PermissionDeniedError):
            await holdings.valid_until(uow, cast.lea.require_user(), cast.course)


async def test_what_was_cut_short_goes_and_what_was_swapped_does_not_open(
    container: Container, cast: Cast, clock: MovableClock
) -> None:
    first, second = await _sent(container, cast.lea, None), await _sent(container, cast.lea, None)
    files = container.ports.files
    await files.put(external.file_key(first), await files.get(external.file_key(second)))
    with pytest.raises(ExternalUnreadableError):
        await external.read_file(cast.lea, first)
    assert (await external.read_file(cast.lea, second)).content == _CLEAN.content
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("UPDATE external_certificates SET stored_at = NULL WHERE id = %(id)s", id=first)
    async with unit_of_work(cast.lea, container) as uow:
        with pytest.raises(NotFoundError):
            await external_queries.one(uow, first)
    clock.move(hours=3)
    async with unit_of_work(SYSTEM, container) as uow:
        assert await external.sweep(uow) == 1
    async with unit_of_work(cast.lea, container) as uow:
        assert [one.id for one in await external_queries.mine(uow)] == [second]


async def test_a_date_to_come_is_refused_before_anything_is_kept(container: Container, cast: Cast) -> None:
    tomorrow = container.clock.now().date() + timedelta(days=2)
    command = UploadExternal(title="Later", issuer="Somebody", obtained_on=tomorrow)
    with pytest.raises(InvalidInputError):
        await external.keep(cast.lea, command, _CLEAN)
