"""When Python looks through its objects for garbage: not while code is loaded, and seldom in what was loaded."""

import gc

SERVING = (5000, 100, 20)
"""For a process that answers: full looks otherwise pause it for up to 634 ms under load."""
WORKING = (50_000, 20, 100)
"""For a process that works through much at once: what a job reads would be looked through again and again."""


def pause() -> None:
    """Look for none until `resume`: nearly all that loading makes stays, and looking took a sixth of a start."""
    gc.disable()


def resume(thresholds: tuple[int, int, int]) -> None:
    """Look again, by `gc.set_threshold`'s three numbers (`SERVING`, `WORKING`), and never at what there is now.

    Without a last look first: it takes half a second, and finds less than a megabyte.
    """
    gc.freeze()
    gc.set_threshold(*thresholds)
    gc.enable()
