"""A small stand-in for the RPC of a kubo node."""

import json
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pygmalion_app.adapters.storage.cid import cid_of


@dataclass
class Kubo:
    """What a node keeps, and how it misbehaves."""

    blocks: dict[str, bytes] = field(default_factory=dict)
    pinned: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    lies: bool = False

    async def add(self, request: Request) -> Response:
        """Keep and pin a file."""
        self.asked.append(dict(request.query_params))
        async with request.form() as form:
            file = form["file"]
            assert isinstance(file, UploadFile)
            content = await file.read()
        cid = cid_of(content)
        self.blocks[cid] = content
        self.pinned.add(cid)
        line = json.dumps({"Name": "ciphertext", "Hash": cid_of(b"else") if self.lies else cid})
        return Response(line + "\n", media_type="application/json")

    async def cat(self, request: Request) -> Response:
        """Return a file, or wait for ever and give up as kubo does."""
        found = self.blocks.get(request.query_params["arg"])
        if found is None:
            return JSONResponse({"Message": "block was not found", "Type": "error"}, 500)
        return Response(found + b"!" if self.lies else found)

    async def unpin(self, request: Request) -> Response:
        """Let go of a file; its blocks go with the next collection of garbage."""
        cid = request.query_params["arg"]
        if cid not in self.pinned:
            return JSONResponse({"Message": "not pinned or pinned indirectly", "Type": "error"}, 500)
        self.pinned.discard(cid)
        return JSONResponse({"Pins": [cid]})
