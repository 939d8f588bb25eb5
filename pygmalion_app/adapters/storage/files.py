"""The embedded file store: a private directory, written atomically."""

import asyncio
import os
from pathlib import Path
from uuid import uuid4

from pygmalion_app.core.errors import InvalidInputError, NotFoundError


class DirectoryFileStore:
    """Keeps files below one directory."""

    name = "local directory"

    def __init__(self, root: Path) -> None:
        """Take the directory, made on first use."""
        self._root = root.resolve()

    async def put(self, key: str, content: bytes) -> None:
        """Write to a temporary name, sync, then rename: a crash leaves the old file or the new one."""
        await asyncio.to_thread(self._write, self._path(key), content)

    async def get(self, key: str) -> bytes:
        """Return the content; NotFoundError when there is none."""
        try:
            return await asyncio.to_thread(self._path(key).read_bytes)
        except FileNotFoundError as error:
            raise NotFoundError(file=key) from error

    async def delete(self, key: str) -> None:
        """Delete; deleting what is not there is no error."""
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        if not path.is_relative_to(self._root) or path == self._root:
            raise InvalidInputError(field="key")
        return path

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_name(f".{path.name}.{uuid4().hex}")
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
