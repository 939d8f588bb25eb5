"""Where documents are made: the processes for many of them start small, and give what a thread gives."""

import asyncio
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import psutil
import pytest

from pygmalion_app.certificates import issuing
from pygmalion_app.certificates.document import workshop as place
from pygmalion_app.certificates.document.making import Made, Order, make
from pygmalion_app.certificates.document.workshop import Workshop, workshop
from pygmalion_app.core.unit_of_work import Container
from tests.cast import Cast
from tests.certificates.conftest import Enroll


async def test_its_processes_read_nothing_but_what_making_needs(
    container: Container, cast: Cast, enroll: Enroll, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    orders: list[Order] = []

    async def noted(wanted: Sequence[Order]) -> list[Made]:
        orders.extend(wanted)
        return [await asyncio.to_thread(make, one) for one in wanted]

    monkeypatch.setattr(workshop, "make_all", noted)
    await issuing.issue((await enroll(cast.lea))[0], container)
    # Whatever this process began with takes seconds to read.
    (tmp_path / "large_program.py").write_text(f"open({str(tmp_path / 'read')!r}, 'w')")
    monkeypatch.syspath_prepend(tmp_path)
    main = ModuleType("__main__")
    main.__spec__ = ModuleSpec("large_program", None)
    monkeypatch.setitem(sys.modules, "__main__", main)
    monkeypatch.setattr(place, "MANY", 1)
    before = set(psutil.Process().children())
    busy = Workshop()
    try:
        (made,) = await busy.make_all(orders)
        started = set(psutil.Process().children()) - before
        libraries = {mapped.path for process in started for mapped in process.memory_maps()}
    finally:
        busy.close()
    assert made.credential == (await asyncio.to_thread(make, orders[0])).credential
    assert any("typst" in path for path in libraries)
    assert not any("psycopg" in path or "sqlalchemy" in path for path in libraries)
    assert not (tmp_path / "read").exists()
    assert sys.modules["__main__"] is main
