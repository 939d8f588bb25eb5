"""The sliding window both adapters count by: the window at hand, and the part of the last one that is not over yet."""

from math import floor
from typing import NamedTuple

from pygmalion_app.core.ports import Hit


class Window(NamedTuple):
    """Two counts under one key; times in seconds."""

    seconds: int
    previous: int
    previous_left: float
    """Until the previous window counts for nothing."""
    current: int
    current_left: float
    """Until the current window becomes the previous one."""

    @property
    def weighted(self) -> int:
        """How many attempts count now."""
        if not self.previous:
            return self.current
        return floor(self.previous * self.previous_left / self.seconds) + self.current

    def next_free(self, amount: int) -> float:
        """Return the seconds until one more attempt is allowed: 0 when it is now."""
        if self.weighted < amount:
            return 0.0
        if self.current < amount:
            # The previous window has to fade until it counts for what is left.
            return max(0.0, self.previous_left - (amount - self.current) * self.seconds / max(1, self.previous))
        return self.current_left + self.seconds * (1 - amount / self.current)


def outcome(window: Window, amount: int, *, allowed: bool) -> Hit:
    """Return how an attempt ended; `window` is as it stands after it."""
    return Hit(
        allowed=allowed,
        limit=amount,
        remaining=max(0, amount - window.weighted) if allowed else 0,
        reset_seconds=window.current_left if allowed else window.next_free(amount),
        window_seconds=window.seconds,
    )
