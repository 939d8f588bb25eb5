"""The process that solves: `python -m pygmalion_app.planning.child`.

Its first line of input is the problem; the end of its input, or anything more, stops the search. So it ends when
whoever started it dies. It answers in lines of JSON: each better plan, each better bound, and the end.
"""

import os
import sys
import threading
from collections.abc import Callable
from typing import Any

import msgspec

from pygmalion_app.core.precedence import stand_back
from pygmalion_app.planning.explain import explain
from pygmalion_app.planning.messages import Ask, Better, Bound, Done
from pygmalion_app.planning.problem import Problem
from pygmalion_app.planning.score import score
from pygmalion_app.planning.solver import Answer, Watch, gap_of, solve


class _Speaker:
    """Writes messages, and knows the best plan so far."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._best: Answer | None = None
        self._lock = threading.Lock()
        self._told = 0.0

    def answer(self, answer: Answer) -> None:
        self._best = answer
        unmet = len(score(self._problem, answer.bookings).unmet)
        self._say(Better(sorted(answer.bookings), answer.objective, answer.bound, answer.gap, answer.seconds, unmet))

    def bound(self, bound: int, seconds: float) -> None:
        best = self._best
        # Bounds come by the hundred, and a reader looks once a second.
        if best is not None and seconds > self._told + 1:
            self._told = seconds
            self._say(Bound(bound, gap_of(self._problem, best.bookings, bound), seconds))

    def done(self, answer: Answer) -> None:
        unmet = score(self._problem, answer.bookings).unmet
        self._say(
            Done(
                sorted(answer.bookings),
                answer.objective,
                answer.bound,
                answer.gap,
                answer.seconds,
                list(unmet),
                explain(self._problem, answer.bookings, unmet),
            )
        )

    def _say(self, message: Any) -> None:
        with self._lock:
            sys.stdout.buffer.write(msgspec.json.encode(message) + b"\n")
            sys.stdout.buffer.flush()


def main() -> int:
    """Solve what comes in."""
    # The pages come first on a machine that does both.
    stand_back()
    ask = msgspec.json.decode(sys.stdin.buffer.readline(), type=Ask)
    speaker = _Speaker(ask.problem)

    def starting(stop: Callable[[], None]) -> None:
        def wait() -> None:
            sys.stdin.buffer.readline()
            stop()

        threading.Thread(target=wait, daemon=True).start()

    watch = Watch(speaker.answer, speaker.bound, starting)
    hint = {(person, session) for person, session in ask.hint}
    speaker.done(solve(ask.problem, watch, seconds=ask.seconds, workers=ask.workers, hint=hint))
    # The thread that waits for more input would keep the interpreter from ending.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
