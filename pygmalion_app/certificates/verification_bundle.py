"""The proof bundle: all that anybody needs to verify a certificate without this platform (see checker/README.md).

`proof.json` has the hashes, the way to the root and where it stands on chain; `credential.json` the very bytes that
were committed to; `HOWTO.txt` the calculation in words. The same certificate gives the same bytes.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pygmalion_app.certificates import service
from pygmalion_app.certificates import verification_rows as rows
from pygmalion_app.certificates.errors import NotAnchoredError
from pygmalion_app.certificates.models import OperationStatus
from pygmalion_app.certificates.sealing import canonical
from pygmalion_app.certificates.verification_rows import Key, Row
from pygmalion_app.certificates.verification_view import hexadecimal
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import LOCALES, translate
from pygmalion_app.core.ids import token_hash
from pygmalion_app.core.unit_of_work import Container, UnitOfWork

FORMAT = "pygmalion-proof/1"
PROOF, CREDENTIAL, HOWTO = "proof.json", "credential.json", "HOWTO.txt"
# The ZIP format's first moment: a bundle has no time of its own.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A certificate's proof, and the credential unless it is withheld."""

    number: str
    proof: dict[str, Any]
    credential: bytes | None

    def as_json(self) -> bytes:
        """Return it as one JSON file, the credential's own text inside."""
        more = {} if self.credential is None else {"credential": self.credential.decode()}
        return _readable(self.proof | more)

    def as_zip(self) -> bytes:
        """Return it as a ZIP file."""
        files = {PROOF: _readable(self.proof), HOWTO: _how_to(self).encode()}
        if self.credential is not None:
            files[CREDENTIAL] = self.credential
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
        return made.getvalue()


async def bundle_for(uow: UnitOfWork, parts: Container, certificate_id: UUID) -> Bundle:
    """Return the proof of a certificate that the actor may see: its holder, who trained them, who paid.

    Raises NotFoundError, NotAnchoredError.
    """
    await service.get(uow, certificate_id)
    return await _bundle(parts, await rows.look_up(parts, Key.ID, certificate_id), entitled=True)


async def bundle_by_token(parts: Container, token: str) -> Bundle:
    """Return the proof to anybody who has the code; the credential, which names the holder, unless the name is masked.

    Raises NotFoundError, NotAnchoredError.
    """
    return await _bundle(parts, await rows.look_up(parts, Key.TOKEN, token_hash(token[:64])), entitled=False)


async def _bundle(parts: Container, row: Row | None, *, entitled: bool) -> Bundle:
    if row is None:
        raise NotFoundError
    if row["anchoring"] != OperationStatus.FINAL:
        raise NotAnchoredError
    withheld = row["erased_at"] is not None or (row["name_masked"] and not entitled)
    return Bundle(row["number"], _proof(parts, row), None if withheld else await _credential(parts, row))


async def _credential(parts: Container, row: Row) -> bytes | None:
    return canonical(rows.content_of(row)) if row["form"] == 1 else await rows.credential_of(parts, row)


def _proof(parts: Container, row: Row) -> dict[str, Any]:
    valid_until = row["valid_until"]
    return {
        "format": FORMAT,
        "platform": parts.settings.base_url,
        "certificate": {
            "number": row["number"],
            "tokenId": str(row["token_id"]),
            "issuer": rows.content_of(row)["organization"],
            "validUntil": valid_until.isoformat().replace("+00:00", "Z") if valid_until else None,
        },
        "commitment": {
            "value": hexadecimal(row["commitment"]),
            "salt": hexadecimal(row["salt"]),
            "pdfSha256": hexadecimal(row["file_sha256"]),
            "credentialSha256": hexadecimal(row["credential_sha256"]),
        },
        "merkle": {
            "leaf": ["uint256 tokenId", "bytes32 commitment"],
            "proof": [hexadecimal(node) for node in row["proof"]],
            "root": hexadecimal(row["root"]),
            "batchId": str(row["batch_id"]),
            "batchSize": row["count"],
        },
        "chain": {
            "network": parts.ports.chain.name,
            "chainId": row["chain_id"],
            "contract": row["contract"],
            "transaction": hexadecimal(row["transaction_hash"]) if row["transaction_hash"] else None,
            "block": row["block_number"],
        },
    }


def _how_to(bundle: Bundle) -> str:
    facts = {
        "number": bundle.number,
        "contract": bundle.proof["chain"]["contract"],
        "chain": str(bundle.proof["chain"]["chainId"]),
    }
    said = [translate(locale, "proof-how-to", **facts) for locale in LOCALES]
    return "\n\n----------\n\n".join(said) + "\n"


def _readable(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
