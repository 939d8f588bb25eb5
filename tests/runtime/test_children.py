"""Programs that the supervisor starts."""

import asyncio
import sys
from pathlib import Path

from pygmalion_app.launch.children import Child

_BEGINS_WHEN_TOLD = "import sys; print('loaded', flush=True); sys.stdin.buffer.read(); print('begun', flush=True)"


async def _says(child: Child, word: str) -> None:
    async with asyncio.timeout(20):
        while word not in child.words():  # noqa: ASYNC110 - what it says goes to a file
            await asyncio.sleep(0.01)


async def test_a_program_started_held_begins_when_let_go_and_at_once_when_started_again(tmp_path: Path) -> None:
    child = Child("web", (sys.executable, "-S", "-c", _BEGINS_WHEN_TOLD), {}, tmp_path / "web.log")
    child.start_held()
    await _says(child, "loaded")
    await asyncio.sleep(0.1)
    assert child.is_alive
    assert "begun" not in child.words()
    child.let_go()
    assert await child.ended() == 0
    assert "begun" in child.words()

    child.start()
    assert await child.ended() == 0
    assert "begun" in child.words()


async def test_a_program_that_is_held_can_be_stopped(tmp_path: Path) -> None:
    child = Child("web", (sys.executable, "-S", "-c", _BEGINS_WHEN_TOLD), {}, tmp_path / "web.log")
    child.start_held()
    await _says(child, "loaded")
    await child.stop(patience=20)
    assert not child.is_alive
    assert "begun" not in child.words()
    child.let_go()
