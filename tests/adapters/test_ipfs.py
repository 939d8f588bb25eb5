"""The IPFS adapter against a small stand-in for kubo's RPC; `test_contracts` holds it to what every store promises."""

from pathlib import Path

import pytest

from pygmalion_app.adapters.storage.cid import CHUNK, LINKS, cid_of
from pygmalion_app.adapters.storage.files import DirectoryFileStore
from pygmalion_app.adapters.storage.ipfs import IpfsFileStore
from pygmalion_app.core.errors import NotFoundError, UnavailableError
from tests import servers
from tests.adapters.conftest import RING
from tests.adapters.kubo import Kubo


# As the npm package ipfs-unixfs-importer 17 names them: one block, several, and several layers of nodes.
@pytest.mark.parametrize(
    ("size", "chunk", "links", "cid"),
    [
        (0, CHUNK, LINKS, "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"),
        (CHUNK, CHUNK, LINKS, "bafkreidddocae7lltzjlkooe5a3tmiwsgazn7logjvqk7bzttsidpzhxne"),
        (CHUNK + 1, CHUNK, LINKS, "bafybeidjogjfwuhbzwopgd4bn3skcf5m6oz72xshywcndzxgqb623nfclu"),
        (2_500_000, CHUNK, LINKS, "bafybeih7ahcm3l4fztng26so42m3uy3evbq4hfrubw2z4j7hbrq2xyxixe"),
        (4000, 16, 3, "bafybeicoxajopyhugocjrd3ealtyrudnfvtppdpewpniaq66g6wi5l55fy"),
        (1000, 7, 4, "bafybeibd63sw7ixuwkmjovzxhahriamm4lhovsbapjgfli66fdpzpkx4im"),
    ],
)
def test_identifiers_are_those_of_others_programs(size: int, chunk: int, links: int, cid: str) -> None:
    content = bytes(range(251)) * (size // 251 + 1)
    assert cid_of(content[:size], chunk, links) == cid


async def test_a_node_sees_ciphertext_alone_and_forgets_what_is_deleted(
    kubo: tuple[Kubo, str], store: IpfsFileStore, tmp_path: Path
) -> None:
    node, _ = kubo
    await store.put("certificates/a.pdf", b"Lea Test " * 50)
    assert await store.get("certificates/a.pdf") == b"Lea Test " * 50
    (cid,) = node.pinned
    assert b"Lea Test" not in node.blocks[cid]
    assert node.asked[0] == {
        "cid-version": "1", "raw-leaves": "true", "chunker": "size-1048576", "max-file-links": "1024", "pin": "true",
    }  # fmt: skip
    await store.put("certificates/a.pdf", b"another")
    assert cid not in node.pinned
    await store.delete("certificates/a.pdf")
    assert node.pinned == set()
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    # Identity documents stay at home, and what was stored before the node came is still found.
    await store.put("kyc/1", b"passport")
    await DirectoryFileStore(tmp_path / "files").put("certificates/old.pdf", b"before")
    assert (len(node.asked), await store.get("kyc/1"), await store.get("certificates/old.pdf")) == (
        2, b"passport", b"before",
    )  # fmt: skip


async def test_a_node_that_lies_or_is_away_is_not_believed(
    kubo: tuple[Kubo, str], store: IpfsFileStore, tmp_path: Path
) -> None:
    node, _ = kubo
    await store.put("certificates/a.pdf", b"kept")
    node.lies = True
    with pytest.raises(UnavailableError):
        await store.get("certificates/a.pdf")
    with pytest.raises(UnavailableError):
        await store.put("certificates/b.pdf", b"new")
    with pytest.raises(NotFoundError):
        await store.get("certificates/b.pdf")
    away = IpfsFileStore(
        f"http://127.0.0.1:{servers.free_port()}", DirectoryFileStore(tmp_path / "files"), lambda: RING
    )
    with pytest.raises(UnavailableError):
        await away.get("certificates/a.pdf")
