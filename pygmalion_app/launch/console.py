"""What the person who typed `make run` reads: one line a step, live on a terminal, plain in a log."""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_REDRAW_SECONDS = 0.2
_REMIND_SECONDS = 10.0
_WIDTH = 46


class Step:
    """A step under way; `detail` may be set to tell more on its line."""

    def __init__(self, name: str) -> None:
        """Start the clock."""
        self.name = name
        self.detail = ""
        self.started = time.monotonic()

    @property
    def seconds(self) -> float:
        """Time since the step began."""
        return time.monotonic() - self.started


class Console:
    """Prints steps that run at the same time; nothing that it prints is a secret."""

    def __init__(self) -> None:
        """Look whether somebody watches."""
        self._live = sys.stdout.isatty()
        self._running: list[Step] = []
        self._drawer: asyncio.Task[None] | None = None

    def say(self, text: str = "") -> None:
        """Print a line."""
        self._erase()
        print(text, flush=True)

    @asynccontextmanager
    async def step(self, name: str) -> AsyncIterator[Step]:
        """Show a step while it runs, then how long it took."""
        step = Step(name)
        self._running.append(step)
        if self._drawer is None:
            self._drawer = asyncio.create_task(self._draw())
        try:
            yield step
        except asyncio.CancelledError:
            raise
        except BaseException:
            self._finished(step, "✗")
            raise
        else:
            self._finished(step, "✓")
        finally:
            with contextlib.suppress(ValueError):
                self._running.remove(step)

    def _finished(self, step: Step, mark: str) -> None:
        self._running.remove(step)
        detail = f"   {step.detail}" if step.detail else ""
        self.say(f"  {mark} {step.name:<{_WIDTH}}{step.seconds:6.1f} s{detail}")

    async def _draw(self) -> None:
        reminded = time.monotonic()
        while self._running:
            await asyncio.sleep(_REDRAW_SECONDS)
            if self._live:
                self._erase()
                print(f"  … {self._summary()}"[:100], end="", flush=True)
            elif time.monotonic() - reminded > _REMIND_SECONDS:
                reminded = time.monotonic()
                print(f"  … {self._summary()}", flush=True)
        self._drawer = None

    def _summary(self) -> str:
        return ", ".join(f"{step.name} ({step.seconds:.0f} s)" for step in self._running)

    def _erase(self) -> None:
        if self._live:
            print("\r\x1b[K", end="")
