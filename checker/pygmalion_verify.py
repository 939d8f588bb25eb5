#!/usr/bin/env python3
"""Checks a Pygmalion certificate's proof bundle without Pygmalion: Python's own library and any Ethereum node, no more.

    python pygmalion_verify.py bundle.zip --rpc https://polygon-rpc.example --contract 0x... [--pdf certificate.pdf]

It recomputes each step from the document to the contract and says which one fails:

    bundle      the file is a proof bundle that can be read
    credential  SHA-256 of credential.json is the one that was committed to
    pdf         SHA-256 of the PDF (--pdf) is the one that was committed to
    commitment  SHA-256("PYG1" || salt || SHA-256(pdf) || SHA-256(credential)) is the commitment
    merkle      the proof leads from (token id, commitment) to the batch's root
    network     the node serves the chain that the bundle names
    contract    the contract is the one you expect (--contract), and stands on that chain
    root        the contract holds this very root for this batch
    document    the contract itself says that it certified this document
    revocation  the contract does not say that it was taken back
    validity    the last day of validity has not passed

Exit code: 0 all of them hold, 1 at least one fails, 2 nothing fails but something could not be checked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import urllib.error
import urllib.request
import zipfile
from datetime import date, datetime, timezone
from pathlib import Path

FORMAT = "pygmalion-proof/1"
PROOF, CREDENTIAL = "proof.json", "credential.json"
LARGEST = 5_000_000
PASS, FAIL, SKIPPED, UNREACHABLE = "ok", "FAILED", "not checked", "no answer"
DOMAIN = b"PYG1"


# --- Keccak-256, as Ethereum computes it (NIST's SHA3-256 pads differently) ------------------------------------------

RATE = 136
LANE = (1 << 64) - 1
ROTATIONS = ((0, 36, 3, 41, 18), (1, 44, 10, 45, 2), (62, 6, 43, 15, 61), (28, 55, 25, 21, 56), (27, 20, 39, 8, 14))
ROUND_CONSTANTS = (
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000A, 0x000000008000808B, 0x800000000000008B, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
)  # fmt: skip


def keccak(data: bytes) -> bytes:
    """Return the 32-byte hash."""
    state = [[0] * 5 for _ in range(5)]
    padded = bytearray(data + b"\x01" + b"\x00" * (-len(data) % RATE or RATE))[: (len(data) // RATE + 1) * RATE]
    padded[-1] |= 0x80
    for start in range(0, len(padded), RATE):
        for lane in range(RATE // 8):
            at = start + 8 * lane
            state[lane % 5][lane // 5] ^= int.from_bytes(padded[at : at + 8], "little")
        _permute(state)
    return b"".join(state[lane % 5][lane // 5].to_bytes(8, "little") for lane in range(4))


def _permute(a: list[list[int]]) -> None:
    for constant in ROUND_CONSTANTS:
        columns = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        for x in range(5):
            mixed = columns[x - 1] ^ _rotated(columns[(x + 1) % 5], 1)
            for y in range(5):
                a[x][y] ^= mixed
        b = [[0] * 5 for _ in range(5)]
        for x in range(5):
            for y in range(5):
                b[y][(2 * x + 3 * y) % 5] = _rotated(a[x][y], ROTATIONS[x][y])
        for x in range(5):
            for y in range(5):
                a[x][y] = b[x][y] ^ (~b[(x + 1) % 5][y] & b[(x + 2) % 5][y])
        a[0][0] ^= constant


def _rotated(value: int, by: int) -> int:
    return ((value << by) | (value >> (64 - by))) & LANE


# --- The bundle ------------------------------------------------------------------------------------------------------


class BundleError(Exception):
    """The file is no proof bundle."""


class Bundle:
    """What a bundle says, its numbers and hashes read."""

    def __init__(self, proof: dict, credential: bytes | None) -> None:
        """Read the parts; BundleError names the one that is wrong."""
        if proof.get("format") != FORMAT:
            raise BundleError(f"format is not {FORMAT}")
        self.credential = credential
        committed, merkle, chain = (_part(proof, name) for name in ("commitment", "merkle", "chain"))
        self.number = str(_part(proof, "certificate").get("number", ""))
        self.token_id = _number(_part(proof, "certificate"), "tokenId")
        self.valid_until = _part(proof, "certificate").get("validUntil")
        self.salt = _bytes(committed, "salt")
        self.pdf_sha256 = _bytes(committed, "pdfSha256")
        self.credential_sha256 = _bytes(committed, "credentialSha256")
        self.commitment = _bytes(committed, "value")
        nodes = merkle.get("proof")
        if not isinstance(nodes, list) or len(nodes) > 64:
            raise BundleError("merkle.proof is no list of hashes")
        self.path = [_bytes({"merkle.proof": node}, "merkle.proof") for node in nodes]
        self.root = _bytes(merkle, "root")
        self.batch_size = _number(merkle, "batchSize")
        self.chain_id = _number(chain, "chainId")
        self.contract = _bytes(chain, "contract", 20)

    @property
    def batch_id(self) -> int:
        """The token id's upper part."""
        return self.token_id >> 32


def read_bundle(path: str) -> Bundle:
    """Return the bundle of a ZIP file, or of proof.json alone; BundleError for anything else."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                found = {name: _unpacked(archive, name) for name in (PROOF, CREDENTIAL) if name in archive.namelist()}
        else:
            with Path(path).open("rb") as file:
                found = {PROOF: file.read(LARGEST)}
        proof = json.loads(found[PROOF])
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, RuntimeError) as error:
        raise BundleError(f"cannot be read ({type(error).__name__})") from error
    if not isinstance(proof, dict):
        raise BundleError(f"{PROOF} is no object")
    inside = proof.get("credential")
    return Bundle(proof, inside.encode() if isinstance(inside, str) else found.get(CREDENTIAL))


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST:
        raise BundleError(f"{name} is too large")
    return archive.read(name)


def _part(found: dict, name: str) -> dict:
    part = found.get(name)
    if not isinstance(part, dict):
        raise BundleError(f"{name} is missing")
    return part


def _bytes(part: dict, name: str, size: int = 32) -> bytes:
    text = part.get(name)
    try:
        value = bytes.fromhex(text.removeprefix("0x"))
    except (AttributeError, ValueError) as error:
        raise BundleError(f"{name} is not hexadecimal") from error
    if len(value) != size:
        raise BundleError(f"{name} has not {size} bytes")
    return value


def _number(part: dict, name: str) -> int:
    text = str(part.get(name))
    if not text.isascii() or not text.isdigit() or int(text) >= 1 << 256:
        raise BundleError(f"{name} is no number")
    return int(text)


# --- The chain -------------------------------------------------------------------------------------------------------


class UnreachableError(Exception):
    """No node answered."""


class RevertedError(Exception):
    """The contract refused the call."""


class Node:
    """The first of some Ethereum nodes that answers."""

    def __init__(self, urls: list[str], seconds: float = 15) -> None:
        """Take the nodes' addresses and the seconds to wait for each."""
        self._urls, self._seconds = urls, seconds

    def __call__(self, method: str, *params: object) -> str:
        """Return a call's result. Raises UnreachableError, RevertedError."""
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
        reason = "no node was named"
        for url in self._urls:
            request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=self._seconds) as answer:
                    said = json.loads(answer.read(LARGEST))
            except (OSError, ValueError) as error:
                reason = f"{url}: {error}"
                continue
            fault = said.get("error") if isinstance(said, dict) else {"message": "no JSON-RPC answer"}
            if not fault and isinstance(said.get("result"), str):
                return said["result"]
            reason = f"{url}: {(fault or {}).get('message', 'no result')}"
            if "revert" in reason.lower() or (fault or {}).get("code") == 3:
                raise RevertedError(reason)
        raise UnreachableError(reason)

    def read(self, contract: bytes, data: bytes) -> list[bytes]:
        """Return the 32-byte words that a contract answers."""
        answer = self("eth_call", {"to": "0x" + contract.hex(), "data": "0x" + data.hex()}, "latest")
        try:
            found = bytes.fromhex(answer.removeprefix("0x"))
        except ValueError as error:
            raise UnreachableError("the node's answer is not hexadecimal") from error
        return [found[at : at + 32] for at in range(0, len(found), 32)]


def _call(signature: str, *words: int | bytes) -> bytes:
    """Return the bytes of a call: the function's name hashed, then its arguments."""
    packed = [word.to_bytes(32, "big") if isinstance(word, int) else word for word in words]
    return keccak(signature.encode())[:4] + b"".join(packed)


# --- The checks ------------------------------------------------------------------------------------------------------


class Report:
    """Each check's outcome, in order."""

    def __init__(self) -> None:
        """Begin empty."""
        self.checks: list[tuple[str, str, str]] = []

    def add(self, name: str, outcome: bool | str, detail: str = "") -> bool:
        """Note an outcome and return whether the check failed not."""
        result = outcome if isinstance(outcome, str) else PASS if outcome else FAIL
        self.checks.append((name, result, detail))
        return result != FAIL

    @property
    def exit_code(self) -> int:
        """0 verified, 1 refused, 2 undecided."""
        results = {result for _, result, _ in self.checks}
        if FAIL in results:
            return 1
        return 2 if UNREACHABLE in results or ("contract", SKIPPED) in {check[:2] for check in self.checks} else 0

    @property
    def verdict(self) -> str:
        """One line for a person."""
        failed = [name for name, result, _ in self.checks if result == FAIL]
        if failed:
            return "REFUSED: " + ", ".join(failed)
        if self.exit_code:
            return "UNDECIDED: nothing fails, but not everything could be checked"
        return "VERIFIED"


def check(path: str, node: Node, pdf: str | None = None, contract: str | None = None) -> Report:
    """Make every check of a bundle; `contract` is the address that you were told by somebody you trust."""
    report = Report()
    try:
        bundle = read_bundle(path)
    except BundleError as error:
        report.add("bundle", False, str(error))
        return report
    report.add("bundle", True, f"certificate {bundle.number}, token {bundle.token_id}")
    _check_documents(report, bundle, pdf)
    _check_chain(report, bundle, node, contract)
    _check_validity(report, bundle)
    return report


def _check_documents(report: Report, bundle: Bundle, pdf: str | None) -> None:
    if bundle.credential is None:
        report.add("credential", SKIPPED, "withheld: the holder's name is not shown to everybody")
    else:
        report.add("credential", hashlib.sha256(bundle.credential).digest() == bundle.credential_sha256)
    if pdf is None:
        report.add("pdf", SKIPPED, "name the document with --pdf to compare it")
    else:
        report.add("pdf", hashlib.sha256(Path(pdf).read_bytes()).digest() == bundle.pdf_sha256)
    made = hashlib.sha256(DOMAIN + bundle.salt + bundle.pdf_sha256 + bundle.credential_sha256).digest()
    report.add("commitment", made == bundle.commitment)
    reached = keccak(keccak(bundle.token_id.to_bytes(32, "big") + bundle.commitment))
    for sibling in bundle.path:
        reached = keccak(min(reached, sibling) + max(reached, sibling))
    report.add("merkle", reached == bundle.root)


def _check_chain(report: Report, bundle: Bundle, node: Node, contract: str | None) -> None:
    try:
        served = int(node("eth_chainId"), 16)
        if not report.add("network", served == bundle.chain_id, f"the node serves chain {served}"):
            return
        if _check_contract(report, bundle, node, contract):
            _check_contract_holds(report, bundle, node)
    except (UnreachableError, ValueError) as error:
        report.add("chain", UNREACHABLE, str(error))


def _check_contract(report: Report, bundle: Bundle, node: Node, contract: str | None) -> bool:
    named = "0x" + bundle.contract.hex()
    if contract is not None and contract.lower() != named:
        return report.add("contract", False, f"the bundle names {named}")
    if node("eth_getCode", named, "latest") in ("0x", "0x0"):
        return report.add("contract", False, f"there is no contract at {named}")
    if contract is None:
        # Anybody can deploy a contract that says yes: the address must come from somebody you trust.
        return report.add("contract", SKIPPED, f"{named}: compare it with what the issuer publishes, pass --contract")
    return report.add("contract", True, named)


def _check_contract_holds(report: Report, bundle: Bundle, node: Node) -> None:
    held = node.read(bundle.contract, _call("batch(uint64)", bundle.batch_id))
    same = len(held) > 1 and held[0] == bundle.root and int.from_bytes(held[1], "big") == bundle.batch_size
    report.add("root", same, "" if same else "the contract holds another root for this batch, or none")
    # The third argument is a list: where it begins, its length, its items.
    arguments = (bundle.token_id, bundle.commitment, 96, len(bundle.path), *bundle.path)
    said = node.read(bundle.contract, _call("verifyDocument(uint256,bytes32,bytes32[])", *arguments))
    status = int.from_bytes(said[0], "big") if said else 0
    report.add("document", status in (1, 2), "" if status else "unknown to the contract")
    try:
        known = node.read(bundle.contract, _call("certificates(uint256)", bundle.token_id))
    except RevertedError:
        known = []
    revoked_at = int.from_bytes(known[4], "big") if len(known) > 4 else 0
    detail = _moment(revoked_at) + f", reason code {int.from_bytes(known[5], 'big')}" if revoked_at else ""
    report.add("revocation", status != 2 and not revoked_at, detail)


def _check_validity(report: Report, bundle: Bundle) -> None:
    said, source = bundle.valid_until, "as the bundle says; the credential that proves it is withheld"
    if bundle.credential is not None:
        try:
            said, source = json.loads(bundle.credential).get("validUntil"), "as the credential says"
        except (ValueError, AttributeError, RecursionError):
            report.add("validity", False, "the credential is no JSON object")
            return
    if said is None:
        report.add("validity", True, f"no end, {source}")
        return
    try:
        if len(str(said)) == len("2029-12-31"):
            over = date.fromisoformat(str(said)) < datetime.now(timezone.utc).date()
        else:
            over = datetime.fromisoformat(str(said).replace("Z", "+00:00")) <= datetime.now(timezone.utc)
    except (ValueError, TypeError):
        report.add("validity", False, f"{said!r} is no date")
        return
    report.add("validity", not over, f"until {said}, {source}")


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(min(seconds, 253_402_300_799), timezone.utc).isoformat()


def main() -> int:
    """Check what the arguments name and say it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", help="the proof bundle (ZIP), or its proof.json")
    parser.add_argument(
        "--rpc", action="append", required=True, metavar="URL", help="an Ethereum node; may be repeated"
    )
    parser.add_argument("--contract", metavar="0x...", help="the contract's address as its issuer publishes it")
    parser.add_argument("--pdf", metavar="FILE", help="the certificate's PDF, to compare it")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    arguments = parser.parse_args()
    try:
        report = check(arguments.bundle, Node(arguments.rpc), arguments.pdf, arguments.contract)
    except OSError as error:
        parser.error(str(error))
    if arguments.json:
        checks = [{"name": name, "result": result, "detail": detail} for name, result, detail in report.checks]
        print(json.dumps({"verdict": report.verdict, "exitCode": report.exit_code, "checks": checks}, indent=2))
    else:
        for name, result, detail in report.checks:
            print(f"{name:<11} {result:<12} {detail}".rstrip())
        print(report.verdict)
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
