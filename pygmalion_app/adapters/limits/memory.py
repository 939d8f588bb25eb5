"""Counters in this process: enough where one process serves, as `make run` does.

Not the memory storage of the `limits` package: after each attempt it goes through every key it knows, which took
0.4 ms an attempt with a thousand addresses about and 4.3 ms with ten thousand (this: 0.02 ms on the same busy machine);
a catalogue read takes 0.4 ms altogether.
"""

from dataclasses import dataclass

from pygmalion_app.adapters.limits.window import Window, outcome
from pygmalion_app.core.clock import Clock
from pygmalion_app.core.ports import Hit

_MOST_KEYS = 200_000
"""Some 40 MB; the oldest give way, so that a flood of addresses fills no memory."""
_SWEEP_EVERY = 60.0


@dataclass(slots=True)
class _Counter:
    seconds: int
    start: float
    current: int = 0
    previous: int = 0

    def turn(self, now: float) -> Window:
        """Move on to the window of this moment."""
        passed = now - self.start
        if passed >= 2 * self.seconds or passed < 0:
            self.start, self.current, self.previous = now, 0, 0
        elif passed >= self.seconds:
            self.start, self.current, self.previous = self.start + self.seconds, 0, self.current
        left = self.start + self.seconds - now
        return Window(self.seconds, self.previous, left if self.previous else 0.0, self.current, left)


class MemoryLimiter:
    """Counts in a dictionary; nothing waits, so nothing comes between looking and counting."""

    name = "in this process"

    def __init__(self, clock: Clock) -> None:
        """Take the clock that windows are measured by."""
        self._clock = clock
        self._counters: dict[str, _Counter] = {}
        self._swept = 0.0

    async def hit(self, key: str, amount: int, seconds: int) -> Hit:
        """Count one attempt unless there were too many."""
        now = self._clock.now().timestamp()
        if not 0 <= now - self._swept < _SWEEP_EVERY:
            self._sweep(now)
        counter = self._counters.get(key)
        if counter is None or counter.seconds != seconds:
            counter = self._counters[key] = _Counter(seconds, now)
            if len(self._counters) > _MOST_KEYS:
                del self._counters[next(iter(self._counters))]
        window = counter.turn(now)
        if window.weighted >= amount:
            return outcome(window, amount, allowed=False)
        counter.current += 1
        return outcome(window._replace(current=counter.current), amount, allowed=True)

    async def close(self) -> None:
        """Forget everything."""
        self._counters.clear()

    def _sweep(self, now: float) -> None:
        self._swept = now
        over = [key for key, counter in self._counters.items() if now - counter.start >= 2 * counter.seconds]
        for key in over:
            del self._counters[key]
