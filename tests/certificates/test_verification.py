"""Public verification: each state, decided by the right check."""

import dataclasses
from datetime import timedelta
from hashlib import sha256
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.certificates import batches, merkle, verification
from pygmalion_app.certificates.models import Certificate, CertificateBatch
from pygmalion_app.certificates.onchain import view_of
from pygmalion_app.certificates.sealing import canonical, commitment
from pygmalion_app.certificates.service import list_mine
from pygmalion_app.certificates.status import Status
from pygmalion_app.certificates.verification import CheckResult, Verification
from pygmalion_app.certificates.verification_readings import written_down
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.ports import DocumentStatus, Effect
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor
from tests.clock import MovableClock


@pytest.fixture
async def token(container: Container, cast: Cast, enroll: Enroll) -> str:
    """Return the token of Lea's certificate, anchored beside Marc's."""
    await issue_all(container, await enroll(cast.lea, cast.marc))
    await seal_and_anchor(container)
    async with unit_of_work(cast.lea, container) as uow:
        return (await list_mine(uow, PageRequest())).items[0].verification_token


async def _alter(parts: Container, model: Any, cast: Cast, **values: Any) -> None:
    async with unit_of_work(SYSTEM, parts) as uow:
        change = update(model).values(**values)
        if model is Certificate:
            change = change.where(col(Certificate.user_id) == cast.lea.user_id)
        await uow.session.execute(change)


async def _leas(uow: UnitOfWork, cast: Cast) -> Certificate:
    query = select(Certificate).where(col(Certificate.user_id) == cast.lea.user_id)
    return (await uow.session.execute(query)).scalar_one()


def _failed(found: Verification) -> set[str]:
    return {check.name for check in found.checks if check.result is CheckResult.FAIL}


async def test_a_valid_one_tells_where_to_look_on_chain(container: Container, token: str) -> None:
    found = await verification.verify_token(container, token)
    assert found.status is Status.VALID
    assert found.anchor is not None
    signer = await container.ports.chain.signer()
    assert (found.anchor.contract, found.anchor.chain_id) == (signer.contract, signer.chain_id)
    assert found.anchor.block is not None
    assert found.anchor.transaction is not None
    proof = tuple(bytes.fromhex(node[2:]) for node in found.anchor.proof)
    said = await container.ports.chain.verify(
        int(found.anchor.token_id), bytes.fromhex(found.anchor.commitment[2:]), proof
    )
    assert said == "valid"


async def test_unknown_and_malformed_answer_alike(container: Container) -> None:
    for wrong in ("", "x", "A" * 22, "é" * 500, "' OR 1=1 --", "\x00"):
        found = await verification.verify_token(container, wrong)
        assert (found.status, found.certificate, found.anchor) == (Status.UNKNOWN, None, None)
        assert [check.name for check in found.checks] == ["record"]


async def test_a_document_with_one_byte_changed(container: Container, cast: Cast, token: str) -> None:
    async with unit_of_work(cast.lea, container) as uow:
        view = (await list_mine(uow, PageRequest())).items[0]
    digest = bytes.fromhex(view.file_sha256 or "")
    assert (await verification.verify_token(container, token, digest)).status is Status.VALID
    altered = bytes([digest[0] ^ 1]) + digest[1:]
    found = await verification.verify_token(container, token, altered)
    assert (found.status, _failed(found)) == (Status.TAMPERED, {"file"})
    assert (await verification.verify_file(container, digest)).status is Status.VALID
    assert (await verification.verify_file(container, altered)).status is Status.UNKNOWN


async def test_a_changed_name_in_our_own_database(container: Container, cast: Cast, token: str) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        row = await _leas(uow, cast)
    content = dict(row.content) | {"holder": "Mallory"}
    await _alter(container, Certificate, cast, content=content)
    result = await verification.verify_token(container, token)
    assert (result.status, "content" in _failed(result)) == (Status.TAMPERED, True)


async def test_a_forger_who_recomputes_everything_still_fails_on_chain(
    container: Container, cast: Cast, token: str
) -> None:
    """Name, hash, commitment, root and proof all rewritten in the database: only the contract gives it away."""
    async with unit_of_work(SYSTEM, container) as uow:
        row = await _leas(uow, cast)
    content = dict(row.content) | {"holder": "Mallory"}
    assert row.file_sha256 is not None
    assert row.token_id is not None
    assert row.credential is not None
    forged = row.credential.replace(b"Lea Test", b"Mallory")
    credential = sha256(forged).digest()
    made = commitment(row.salt, row.file_sha256, credential)
    root = merkle.root_from(merkle.leaf(row.token_id, made), row.proof or [])
    await _alter(
        container, Certificate, cast, content=content, credential=forged, credential_sha256=credential, commitment=made
    )
    await _alter(container, CertificateBatch, cast, root=root)
    found = await verification.verify_token(container, token)
    assert (found.status, _failed(found)) == (Status.TAMPERED, {"anchor"})


async def test_a_certificate_from_before_credentials_stays_verifiable(
    container: Container, cast: Cast, token: str
) -> None:
    """Form 1 committed to the content's own JSON."""
    async with unit_of_work(SYSTEM, container) as uow:
        row = await _leas(uow, cast)
    assert row.file_sha256 is not None
    assert row.token_id is not None
    credential = sha256(canonical(row.content)).digest()
    made = commitment(row.salt, row.file_sha256, credential)
    root = merkle.root_from(merkle.leaf(row.token_id, made), row.proof or [])
    older = {"form": 1, "credential": None, "credential_sha256": credential, "commitment": made}
    await _alter(container, Certificate, cast, **older)
    await _alter(container, CertificateBatch, cast, root=root)
    # All but the chain, which was told of the newer form.
    assert _failed(await verification.verify_token(container, token)) == {"anchor"}
    await _alter(container, Certificate, cast, content=dict(row.content) | {"holder": "Mallory"})
    assert _failed(await verification.verify_token(container, token)) == {"anchor", "content"}


async def test_an_altered_proof(container: Container, cast: Cast, token: str) -> None:
    await _alter(container, Certificate, cast, proof=[b"\x00" * 32])
    found = await verification.verify_token(container, token)
    assert found.status is Status.TAMPERED
    assert "proof" in _failed(found)


async def test_expired_at_midnight_after_its_last_day(container: Container, clock: MovableClock, token: str) -> None:
    found = await verification.verify_token(container, token)
    assert found.certificate is not None
    assert found.certificate.valid_until is not None
    clock.move(days=365 * 3 + 3)
    expired = await verification.verify_token(container, token)
    assert (expired.status, _failed(expired)) == (Status.EXPIRED, {"validity"})


async def test_tampered_beats_revoked_beats_expired(
    container: Container, cast: Cast, clock: MovableClock, token: str
) -> None:
    clock.move(days=4000)
    await _alter(container, Certificate, cast, revoked_at=clock.now(), revocation_reason="fraud")
    assert (await verification.verify_token(container, token)).status is Status.REVOKED
    assert (await verification.verify_token(container, token, b"\x00" * 32)).status is Status.TAMPERED


async def test_pending_until_final(container: Container, cast: Cast, enroll: Enroll) -> None:
    await issue_all(container, await enroll(cast.lea))
    async with unit_of_work(cast.lea, container) as uow:
        token = (await list_mine(uow, PageRequest())).items[0].verification_token
    found = await verification.verify_token(container, token)
    assert (found.status, found.anchor) == (Status.PENDING, None)
    async with unit_of_work(SYSTEM, container) as uow:
        await batches.seal(uow)
    sealed = await verification.verify_token(container, token)
    assert sealed.status is Status.PENDING
    assert next(check.result for check in sealed.checks if check.name == "proof") is CheckResult.PASS
    await seal_and_anchor(container)
    assert (await verification.verify_token(container, token)).status is Status.VALID


class _Silent:
    """A chain that nobody can reach."""

    name = "silent"
    calls = 0

    async def verify(self, *_arguments: Any) -> Any:
        self.calls += 1
        raise UnavailableError(part="chain")


async def test_an_unreachable_chain_invalidates_nothing(container: Container, token: str) -> None:
    silent = _Silent()
    cut_off = dataclasses.replace(container, ports=dataclasses.replace(container.ports, chain=silent))  # pyright: ignore[reportArgumentType]
    for _ in range(5):
        found = await verification.verify_token(cut_off, token)
        assert found.status is Status.VALID
        anchor = next(check for check in found.checks if check.name == "anchor")
        assert (anchor.result, anchor.at) == (CheckResult.UNAVAILABLE, None)
    assert silent.calls == 1


async def test_the_chain_is_asked_once_for_many_readers(container: Container, token: str) -> None:
    view_of.cache_clear()
    first = await verification.verify_token(container, token)
    again = await verification.verify_token(container, token)
    assert first.chain_heard_at == again.chain_heard_at


class _Older:
    """A node that tells a state from before the revocation."""

    name = "older"

    async def verify(self, *_arguments: Any) -> DocumentStatus:
        return DocumentStatus.VALID


class _Revoking:
    """A contract in which somebody else's hand revoked."""

    name = "revoking"

    async def verify(self, *_arguments: Any) -> DocumentStatus:
        return DocumentStatus.REVOKED


def _on(parts: Container, chain: Any) -> Container:
    return dataclasses.replace(parts, ports=dataclasses.replace(parts.ports, chain=chain))


async def test_the_chains_last_word_outlives_the_process_and_a_revocation_stays(
    container: Container, clock: MovableClock, token: str
) -> None:
    heard = await verification.verify_token(container, token)
    await written_down()
    clock.move(hours=2)
    # Another process, and no node answers: the last check is still known, and nothing became invalid.
    silent = await verification.verify_token(_on(container, _Silent()), token)
    assert (silent.status, silent.chain_heard_at) == (Status.VALID, heard.chain_heard_at)
    anchor = next(check for check in silent.checks if check.name == "anchor")
    assert (anchor.result, anchor.at) == (CheckResult.UNAVAILABLE, heard.chain_heard_at)
    revoked = await verification.verify_token(_on(container, _Revoking()), token)
    assert (revoked.status, revoked.revoked_at) == (Status.REVOKED, None)
    await written_down()
    for chain in (_Older(), _Silent()):
        replayed = await verification.verify_token(_on(container, chain), token)
        assert (replayed.status, _failed(replayed)) == (Status.REVOKED, {"revocation"})
    await written_down()
    assert (await verification.verify_token(_on(container, _Silent()), token)).status is Status.REVOKED


async def test_a_later_last_day_written_into_the_database(container: Container, cast: Cast, token: str) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        row = await _leas(uow, cast)
    assert row.valid_until is not None
    await _alter(container, Certificate, cast, valid_until=row.valid_until + timedelta(days=365))
    found = await verification.verify_token(container, token)
    assert (found.status, _failed(found)) == (Status.TAMPERED, {"content"})


async def test_the_verifiers_connections_read_certificates_and_nothing_else_that_is_anybodys(
    container: Container, cast: Cast, token: str
) -> None:
    async with container.verifier.connection() as connection:
        counts = {
            table: (await (await connection.execute(f"SELECT count(*) AS n FROM {table}")).fetchone() or {})["n"]  # pyright: ignore[reportArgumentType, reportCallIssue]
            for table in ("certificates", "users", "enrollments", "orders", "payments", "browser_sessions")
        }
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            await connection.execute("UPDATE certificates SET name_masked = true")
    assert counts.pop("certificates") == 2
    assert not any(counts.values()), counts


class _Replaced:
    """A new chain whose contract holds nothing yet."""

    name = "replaced"

    async def verify(self, *_arguments: Any) -> DocumentStatus:
        return DocumentStatus.UNKNOWN

    async def effect(self, *_arguments: Any, **_options: Any) -> Effect:
        return Effect.ABSENT


async def test_a_batch_that_a_replaced_chain_does_not_hold_is_pending(container: Container, token: str) -> None:
    """The demonstration chain was deleted: its roots come back by themselves, nobody forged anything."""
    ports = dataclasses.replace(container.ports, chain=_Replaced())  # pyright: ignore[reportArgumentType]
    found = await verification.verify_token(dataclasses.replace(container, ports=ports), token)
    assert (found.status, _failed(found)) == (Status.PENDING, set())
