"""Who goes first where the processor is short: people who wait for an answer, before work that follows by itself."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLLOW_UP: Final = 5
"""A third of the share of a process that serves people: mails and documents lag behind a rush by seconds, and go on."""
_OWN_GROUP: Final = Path("/proc/self/autogroup")


def stand_back(niceness: int = FOLLOW_UP) -> None:
    """Leave the processor to others while they want it, for the rest of this process; nothing changes while it is idle.

    What is begun from here stands back too.
    """
    os.nice(niceness)
    # Linux may weigh whole sessions against each other, and niceness within one alone. Started by the product, a
    # process leads its own session; in a session of others' its word would be theirs too.
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            _OWN_GROUP.write_text(str(niceness))
