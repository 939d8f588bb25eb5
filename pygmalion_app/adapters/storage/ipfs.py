"""Files on IPFS, through the RPC of a kubo node: ciphertext only, since what was published there cannot be called back.

Each file is encrypted under a key of its own before it leaves. The private store keeps, for each name, the content
identifier and that key, wrapped; deleting them is what makes the ciphertext unreadable for ever, unpinned or not.
Names outside `published` never go there: the private store keeps those files whole.
"""

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

import httpx

from pygmalion_app.adapters.storage.cid import CHUNK, LINKS, cid_of
from pygmalion_app.adapters.tls import trusted
from pygmalion_app.core.envelope import KeyRing, TamperedError, WrappedKey
from pygmalion_app.core.errors import NotFoundError, UnavailableError
from pygmalion_app.core.ports import FileStore

TIMEOUT_SECONDS = 30.0
PUBLISHED = ("certificates/",)
_PROFILE = {
    "cid-version": "1",
    "raw-leaves": "true",
    "chunker": f"size-{CHUNK}",
    "max-file-links": str(LINKS),
    "pin": "true",
}


class IpfsFileStore:
    """Keeps files by name; a node keeps their ciphertext by content."""

    name = "IPFS"

    def __init__(
        self,
        api_url: str,
        private: FileStore,
        key_ring: Callable[[], KeyRing],
        published: tuple[str, ...] = PUBLISHED,
    ) -> None:
        """Take the node's RPC address (`http://127.0.0.1:5001`), the private store, and the installation's keys."""
        self._api = api_url.rstrip("/") + "/api/v0"
        self._private = private
        self._key_ring = key_ring
        self._published = published

    async def put(self, key: str, content: bytes) -> None:
        """Encrypt, add and pin, then write down where it is; the ciphertext that this replaces is unpinned.

        Raises UnavailableError: the node does not answer, or says that it keeps something else.
        """
        if not key.startswith(self._published):
            await self._private.put(key, content)
            return
        before = await self._entry(key)
        sealed, wrapped = await asyncio.to_thread(self._key_ring().seal, content, key.encode())
        cid = await asyncio.to_thread(cid_of, sealed)
        answer = await self._call("add", _PROFILE, {"file": ("ciphertext", sealed)})
        if _last(answer).get("Hash") != cid:
            raise UnavailableError(part="ipfs", reason="the node names another content")
        entry = {"cid": cid, "keyId": wrapped.key_id, "key": b64encode(wrapped.value).decode()}
        await self._private.put(_index(key), json.dumps(entry).encode())
        if before is not None:
            await self._unpin(before["cid"])

    async def get(self, key: str) -> bytes:
        """Return the content; NotFoundError when there is none. Raises UnavailableError also for a node that lies."""
        entry = await self._entry(key) if key.startswith(self._published) else None
        if entry is None:
            # What was stored before the node was configured is in the private store.
            return await self._private.get(key)
        sealed = await self._call("cat", {"arg": entry["cid"]})
        if await asyncio.to_thread(cid_of, sealed) != entry["cid"]:
            raise UnavailableError(part="ipfs", reason="the node returns another content")
        wrapped = WrappedKey(entry["keyId"], b64decode(entry["key"]))
        try:
            return await asyncio.to_thread(self._key_ring().open, sealed, wrapped, key.encode())
        except TamperedError as error:
            raise NotFoundError(file=key) from error

    async def delete(self, key: str) -> None:
        """Destroy the key first, then unpin; deleting what is not there is no error."""
        entry = await self._entry(key) if key.startswith(self._published) else None
        await self._private.delete(key)
        if entry is not None:
            await self._private.delete(_index(key))
            await self._unpin(entry["cid"])

    async def _entry(self, key: str) -> dict[str, Any] | None:
        try:
            return json.loads(await self._private.get(_index(key)))
        except NotFoundError:
            return None

    async def _unpin(self, cid: str) -> None:
        try:
            await self._call("pin/rm", {"arg": cid})
        except NotFoundError:
            # It was not pinned any more.
            return

    async def _call(self, command: str, parameters: dict[str, str], files: dict[str, Any] | None = None) -> bytes:
        try:
            async with httpx.AsyncClient(verify=trusted(), timeout=TIMEOUT_SECONDS, trust_env=False) as client:
                answer = await client.post(f"{self._api}/{command}", params=parameters, files=files)
        except httpx.HTTPError as error:
            raise UnavailableError(part="ipfs") from error
        if answer.is_success:
            return answer.content
        # The RPC answers every failure by 500 and says what it was.
        if "not pinned" in answer.text:
            raise NotFoundError(file=parameters.get("arg", ""))
        raise UnavailableError(part="ipfs", status=answer.status_code)


def _index(key: str) -> str:
    return f"ipfs/{key}.json"


def _last(answer: bytes) -> dict[str, Any]:
    """Return the last line of a streamed answer, nothing for what is no JSON."""
    lines = answer.strip().splitlines()
    try:
        found = json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
