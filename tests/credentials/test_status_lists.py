"""Places in status lists, and the lists as they are served."""

import asyncio
import gzip
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import func, select, update

from pygmalion_app.certificates.credentials import status_lists
from pygmalion_app.certificates.credentials.models import LIST_SIZE, StatusEntry, StatusList
from pygmalion_app.certificates.credentials.status_lists import Place, allocate, bitstring
from pygmalion_app.certificates.models import Certificate, RevocationReason
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all
from tests.clock import MovableClock
from tests.credentials.conftest import certificate, decoded, revoke


async def place_of(parts: Container, certificate_id: UUID) -> Place:
    """Return a certificate's place."""
    async with unit_of_work(SYSTEM, parts) as uow:
        entry = await uow.session.get_one(StatusEntry, certificate_id)
        return Place(entry.list_id, entry.position)


async def served(client: httpx.AsyncClient, list_id: UUID, form: str = "json") -> dict[str, Any]:
    """Return a served list's claims."""
    answer = await client.get(f"/api/v1/certificates/status/{list_id}", params={"format": form})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=60"
    text = answer.text if form == "json" else decoded(answer.text.split(".")[1]).decode()
    return json.loads(text)


def set_bits(claims: dict[str, Any]) -> set[int]:
    """Return the positions that a list says are revoked."""
    encoded = claims["credentialSubject"]["encodedList"]
    assert encoded[0] == "u"
    bits = gzip.decompress(decoded(encoded[1:]))
    assert len(bits) * 8 == LIST_SIZE
    return {index for index in range(LIST_SIZE) if bits[index // 8] >> (7 - index % 8) & 1}


async def test_a_revocation_shows_in_both_forms_as_soon_as_it_is_committed(
    container: Container, cast: Cast, enroll: Enroll, client: httpx.AsyncClient
) -> None:
    first, second = await issue_all(container, await enroll(cast.lea, cast.marc))
    list_id, position = await place_of(container, first)
    assert (await place_of(container, second)).list_id == list_id
    forms = ("json", "jwt")
    assert [set_bits(await served(client, list_id, form)) for form in forms] == [set(), set()]
    async with unit_of_work(SYSTEM, container) as uow:
        changed = update(Certificate).where(Certificate.id == first)  # pyright: ignore[reportArgumentType]
        await uow.session.execute(changed.values(revoked_at=uow.clock.now(), revocation_reason=RevocationReason.FRAUD))
        assert set_bits(await served(client, list_id)) == set()
        await uow.session.rollback()
    assert set_bits(await served(client, list_id)) == set()
    await revoke(container, first)
    assert [set_bits(await served(client, list_id, form)) for form in forms] == [{position}, {position}]


async def test_a_signature_is_kept_while_the_bits_are_the_same_and_runs_out(
    container: Container, cast: Cast, enroll: Enroll, client: httpx.AsyncClient, clock: MovableClock
) -> None:
    (one,) = await issue_all(container, await enroll(cast.lea))
    list_id, _ = await place_of(container, one)
    first = await served(client, list_id)
    clock.move(minutes=9)
    assert await served(client, list_id) == first
    clock.move(minutes=2)
    again = await served(client, list_id)
    assert again["validFrom"] > first["validFrom"]
    now = clock.now().replace(microsecond=0)
    assert datetime.fromisoformat(again["validUntil"]) == now + timedelta(hours=1)
    assert datetime.fromisoformat(again["validFrom"]) < now


async def test_the_form_follows_what_is_asked_for(
    container: Container, cast: Cast, enroll: Enroll, client: httpx.AsyncClient
) -> None:
    (one,) = await issue_all(container, await enroll(cast.lea))
    path = f"/api/v1/certificates/status/{(await place_of(container, one)).list_id}"
    for accept, kind in (
        ("*/*", "application/vc"),
        ("application/vc+jwt", "application/vc+jwt"),
        ("application/jwt, */*;q=0.1", "application/vc+jwt"),
    ):
        answer = await client.get(path, headers={"Accept": accept})
        assert (answer.headers["content-type"], answer.headers["vary"]) == (kind, "Accept")
        assert answer.headers["access-control-allow-origin"] == "*"
    assert (await client.get(f"{path}?format=xml")).status_code == 422
    for nothing in (new_id(), "not-an-id"):
        assert (await client.get(f"/api/v1/certificates/status/{nothing}")).status_code == 404


async def test_a_certificate_has_one_place_however_often_and_at_once_it_is_drawn(
    container: Container, cast: Cast, enroll: Enroll
) -> None:
    (one,) = await issue_all(container, await enroll(cast.lea))
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("DELETE FROM credential_status_entries")
        await uow.sql("DELETE FROM credential_status_lists")

    async def draw() -> Place:
        async with unit_of_work(SYSTEM, container) as uow:
            return await allocate(uow, one, cast.school)

    assert len(set(await asyncio.gather(*(draw() for _ in range(6))))) == 1
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.execute(select(func.count()).select_from(StatusList))).scalar_one() == 1


async def test_a_full_list_is_followed_by_another(
    container: Container, cast: Cast, enroll: Enroll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_lists, "LIST_SIZE", 1)
    certificates = await issue_all(container, await enroll(cast.lea, cast.marc))
    first, second = [await place_of(container, one) for one in certificates]
    assert (first.position, second.position) == (0, 0)
    assert first.list_id != second.list_id


async def test_two_schools_have_lists_of_their_own(container: Container, cast: Cast, enroll: Enroll) -> None:
    (one,) = await issue_all(container, await enroll(cast.lea))
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("DELETE FROM credential_status_entries")
        other = await allocate(uow, one, cast.company)
    mine = await certificate(container, one)
    credential = json.loads(mine.credential or b"")
    assert str(other.list_id) not in credential["credentialStatus"]["statusListCredential"]


@pytest.mark.parametrize("positions", [(), (0,), (7, 8), (LIST_SIZE - 1,), (1, 2, 3, 65_000)])
def test_position_zero_is_the_first_bytes_highest_bit(positions: tuple[int, ...]) -> None:
    bits = bitstring(positions)
    assert len(bits) == LIST_SIZE // 8
    assert {index for index in range(LIST_SIZE) if bits[index // 8] & (0x80 >> index % 8)} == set(positions)
