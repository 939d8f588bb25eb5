"""The rule of the waiting list: who is offered what when seats come free.

First come, first served; a group is offered all its seats together. A group that does not fit what is free keeps its
place, and those behind it who fit are asked, so that seats do not stand empty. After `MOST_SKIPS` such times the seats
that come free are kept for it, until it fits: small groups cannot overtake a large one for ever. In the last two days
nothing is kept any more (`KEEPS_UNTIL`): a seat that is left then would stay empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

MOST_SKIPS: Final = 3
KEEPS_UNTIL: Final = timedelta(hours=48)
SHORTEST_OFFER: Final = timedelta(minutes=15)
_PARTS: Final = 4
"""An offer lasts a quarter of the time that is left at most, so that several can be asked before the session begins."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place in the queue."""

    id: UUID
    quantity: int
    skips: int


@dataclass(slots=True)
class Plan:
    """What becomes of free seats."""

    offered: list[UUID] = field(default_factory=list[UUID])
    kept: dict[UUID, int] = field(default_factory=dict[UUID, int])
    """Seats that are gathered for a group."""
    skipped: list[UUID] = field(default_factory=list[UUID])


def share_out(queue: Sequence[Waiting], free: int, capacity: int, *, keeps: bool) -> Plan:
    """Return what to do with free seats, the queue being in the order of arrival.

    Who waits for more seats than the session has is passed over: no number of free seats would do.
    """
    plan = Plan()
    for one in queue:
        if free <= 0:
            break
        if one.quantity > capacity:
            continue
        if one.quantity <= free:
            plan.offered.append(one.id)
            free -= one.quantity
        elif keeps and one.skips >= MOST_SKIPS:
            plan.kept[one.id] = free
            free = 0
        else:
            plan.skipped.append(one.id)
    return plan


def keeps_seats(starts_at: datetime, now: datetime) -> bool:
    """Tell whether it is early enough to gather seats for a group."""
    return now + KEEPS_UNTIL < starts_at


def offer_ends(now: datetime, starts_at: datetime, longest: timedelta) -> datetime:
    """Return until when an offer made now holds: never past the start, shorter the nearer it is."""
    return min(now + max(SHORTEST_OFFER, min(longest, (starts_at - now) / _PARTS)), starts_at)
