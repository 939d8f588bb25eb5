"""The stand-alone checker, run as an inspector runs it: a file, a node, and nothing of this application."""

import asyncio
import json
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from pygmalion_app.adapters.chain.evm import EvmChain
from pygmalion_app.certificates import anchoring, names, service
from pygmalion_app.certificates.errors import NotAnchoredError
from pygmalion_app.certificates.models import ChainOperation, OperationKind
from pygmalion_app.certificates.verification_bundle import bundle_by_token, bundle_for
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.ports import RevokeCertificate
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor

CHECKER = Path(__file__).parents[2] / "checker" / "pygmalion_verify.py"
SILENT = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Case:
    """What an inspector holds: files and addresses."""

    bundle: Path
    pdf: Path
    rpc: str
    contract: str
    token: str
    token_id: int


@pytest.fixture
async def case(container: Container, chain: EvmChain, cast: Cast, enroll: Enroll, tmp_path: Path) -> Case:
    certificates = await issue_all(container, await enroll(cast.lea, cast.marc))
    async with unit_of_work(cast.lea, container) as uow:
        with pytest.raises(NotAnchoredError):
            await bundle_for(uow, container, certificates[0])
    await seal_and_anchor(container)
    bundle, pdf = tmp_path / "proof.zip", tmp_path / "certificate.pdf"
    async with unit_of_work(cast.lea, container) as uow:
        made = await bundle_for(uow, container, certificates[0])
        assert made.as_zip() == (await bundle_for(uow, container, certificates[0])).as_zip()
        bundle.write_bytes(made.as_zip())
        pdf.write_bytes((await service.download(uow, certificates[0])).content)
        view = (await service.list_mine(uow, PageRequest())).items[0]
    connection = chain._connection()
    return Case(bundle, pdf, connection.urls[0], connection.contract, view.verification_token, int(view.token_id or ""))


async def _check(case: Case, *more: str, bundle: Path | None = None, rpc: str = "") -> tuple[int, dict[str, str]]:
    arguments = [str(bundle or case.bundle), "--rpc", rpc or case.rpc, "--json", *more]
    # Isolated: neither this folder, nor the environment, nor any installed package.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-S", str(CHECKER), *arguments, stdout=asyncio.subprocess.PIPE, cwd="/", env={}
    )
    answer, _ = await process.communicate()
    said = json.loads(answer)
    assert said["exitCode"] == process.returncode
    return said["exitCode"], {check["name"]: check["result"] for check in said["checks"]}


def _changed(case: Case, name: str, change: Callable[[Any], Any]) -> Path:
    """Return a copy of the bundle with one of its files changed."""
    made = case.bundle.with_name("changed.zip")
    with zipfile.ZipFile(case.bundle) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.namelist():
            content = old.read(one)
            new.writestr(one, change(content) if one == name else content)
    return made


def _proof(case: Case, *path: str, to: Callable[[Any], Any]) -> Path:
    """Return a copy of the bundle with one value of its proof changed."""

    def change(content: bytes) -> bytes:
        said = json.loads(content)
        place = said
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to(place[path[-1]])
        return json.dumps(said).encode()

    return _changed(case, "proof.json", change)


def _flipped(value: str) -> str:
    return value[:-1] + ("0" if value[-1] != "0" else "1")


def _failing(checks: dict[str, str]) -> set[str]:
    return {name for name, result in checks.items() if result == "FAILED"}


async def test_it_verifies_a_bundle_and_says_what_fails_in_an_altered_one(case: Case) -> None:
    whole = ("--contract", case.contract, "--pdf", str(case.pdf))
    code, checks = await _check(case, *whole)
    assert (code, set(checks.values()), len(checks)) == (0, {"ok"}, 11), checks
    # Nobody may vouch for themselves: without the address from elsewhere it is no verdict.
    assert (await _check(case))[0] == 2
    known_here = dict.fromkeys(("bundle", "credential", "pdf", "commitment", "merkle", "validity"), "ok")
    assert await _check(case, *whole, rpc=SILENT) == (2, known_here | {"chain": "no answer"})
    case.pdf.write_bytes(case.pdf.read_bytes() + b"\n")
    assert _failing((await _check(case, *whole))[1]) == {"pdf"}
    contract = ("--contract", case.contract)
    altered: list[tuple[Callable[[], Path], set[str]]] = [
        (lambda: _changed(case, "credential.json", lambda content: content.replace(b"Lea", b"Eve")), {"credential"}),
        (lambda: _proof(case, "commitment", "salt", to=_flipped), {"commitment"}),
        (lambda: _proof(case, "commitment", "value", to=_flipped), {"commitment", "merkle", "document"}),
        (lambda: _proof(case, "merkle", "proof", to=lambda nodes: [_flipped(nodes[0])]), {"merkle", "document"}),
        (lambda: _proof(case, "merkle", "proof", to=lambda nodes: [*nodes, nodes[0]]), {"merkle", "document"}),
        (lambda: _proof(case, "merkle", "root", to=_flipped), {"merkle", "root"}),
        (lambda: _proof(case, "certificate", "tokenId", to=lambda one: str(int(one) + 1)), {"merkle", "document"}),
        (lambda: _proof(case, "chain", "chainId", to=lambda one: one + 1), {"network"}),
        (lambda: _proof(case, "chain", "contract", to=_flipped), {"contract"}),
        (lambda: _proof(case, "format", to=lambda _one: "pygmalion-proof/9"), {"bundle"}),
        (lambda: _proof(case, "commitment", "salt", to=lambda _one: "0x12"), {"bundle"}),
    ]
    for make, failing in altered:
        code, checks = await _check(case, *contract, bundle=make())
        assert (code, _failing(checks)) == (1, failing)
    torn = case.bundle.with_name("torn.zip")
    torn.write_bytes(case.bundle.read_bytes()[:200])
    assert await _check(case, *contract, bundle=torn) == (1, {"bundle": "FAILED"})
    # A contract of the forger's own cannot pass for the one that was named by somebody trusted.
    assert _failing((await _check(case, "--contract", _flipped(case.contract)))[1]) == {"contract"}


async def test_it_hears_of_a_revocation_from_the_chain_alone(case: Case, container: Container, chain: EvmChain) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        certificate = await uow.sql("SELECT id FROM certificates WHERE token_id = %(one)s", one=case.token_id)
        uow.session.add(
            ChainOperation(
                kind=OperationKind.REVOKE, certificate_id=certificate[0]["id"], created_at=container.clock.now()
            )
        )
        await uow.sql(
            "UPDATE certificates SET revoked_at = now(), revocation_reason = 'fraud' WHERE id = %(id)s",
            id=certificate[0]["id"],
        )
    while await anchoring.advance(container):
        pass
    assert await chain.effect(RevokeCertificate(case.token_id, 2), final=False) == "same"
    code, checks = await _check(case, "--contract", case.contract)
    assert (code, _failing(checks)) == (1, {"revocation"})


async def test_who_gets_which_bundle(
    case: Case, container: Container, cast: Cast, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    public = await client.get(f"/api/v1/certificates/verify/{case.token}/proof")
    assert public.headers["content-type"] == "application/zip"
    assert public.content == case.bundle.read_bytes()
    as_json = tmp_path / "proof.json"
    answer = await client.get(f"/api/v1/certificates/verify/{case.token}/proof", params={"format": "json"})
    as_json.write_bytes(answer.content)
    assert (await _check(case, "--contract", case.contract, bundle=as_json))[0] == 0
    async with unit_of_work(cast.lea, container) as uow:
        mine = (await service.list_mine(uow, PageRequest())).items[0].id
        await names.mask_name(uow, mine, masked=True)
    masked = await bundle_by_token(container, case.token)
    assert masked.credential is None
    assert b"Lea" not in masked.as_json() + masked.as_zip()
    withheld = tmp_path / "masked.zip"
    withheld.write_bytes(masked.as_zip())
    code, checks = await _check(case, "--contract", case.contract, "--pdf", str(case.pdf), bundle=withheld)
    assert (code, checks["credential"], checks["pdf"]) == (0, "not checked", "ok")
    async with unit_of_work(cast.lea, container) as uow:
        assert (await bundle_for(uow, container, mine)).credential is not None
    async with unit_of_work(cast.stranger, container) as uow:
        with pytest.raises(NotFoundError):
            await bundle_for(uow, container, mine)
    with pytest.raises(NotFoundError):
        await bundle_by_token(container, "nobody")
