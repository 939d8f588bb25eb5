"""The signals: what each counts, from how many on it speaks, and how much it weighs. All of it data.

A score is the sum of the weights that speak, at most 100. It refuses nobody anything: from the threshold on
(`RISK_THRESHOLD`) a person looks at it. Single signals stay below the threshold where honest people cause them (an
office behind one address, a manager who books for a whole team); two that agree reach it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Signal(StrEnum):
    """What is looked at. The words are `risk-signal-<name>`."""

    FAILED_BEFORE = "failed_before"
    """Refused passwords and codes in the hour before a sign-in that went through."""
    NEW_PLACE = "new_place"
    """An address and a browser that this person never used before (1 if so); needs an earlier sign-in."""
    COUNTRY_JUMP = "country_jump"
    """Another country than at the sign-in of less than three hours before (1 if so). Only where a proxy of ours tells
    the country (`COUNTRY_HEADER`): no address database is shipped, so without it nothing is said about travel."""
    MANY_ON_DEVICE = "many_on_device"
    """Accounts that signed in from the same address with the same browser within a week."""
    MANY_ON_ADDRESS = "many_on_address"
    """Accounts that signed in from the same address within a day. Offices share one: it weighs little."""
    SIGN_IN_VELOCITY = "sign_in_velocity"
    """Sign-ins of this account within an hour."""
    CARD_SHARED = "card_shared"
    """Accounts that paid with the same card within 90 days."""
    ORDER_VELOCITY = "order_velocity"
    """Orders of this buyer within an hour."""
    NEW_AND_LARGE = "new_and_large"
    """Whole euros of an order by an account younger than a day."""
    RISKY_SIGN_IN = "risky_sign_in"
    """The highest score of this person's sign-ins within a day before the order."""


@dataclass(frozen=True, slots=True)
class Weight:
    """From `at_least` on, a signal adds `points`."""

    at_least: int
    points: int


WEIGHTS: Final[Mapping[Signal, tuple[Weight, ...]]] = {
    Signal.FAILED_BEFORE: (Weight(3, 20), Weight(8, 45)),
    Signal.NEW_PLACE: (Weight(1, 15),),
    Signal.COUNTRY_JUMP: (Weight(1, 45),),
    Signal.MANY_ON_DEVICE: (Weight(4, 25), Weight(8, 45)),
    Signal.MANY_ON_ADDRESS: (Weight(30, 10),),
    Signal.SIGN_IN_VELOCITY: (Weight(8, 15),),
    Signal.CARD_SHARED: (Weight(3, 40), Weight(6, 60)),
    Signal.ORDER_VELOCITY: (Weight(6, 20), Weight(15, 40)),
    Signal.NEW_AND_LARGE: (Weight(3_000, 30), Weight(10_000, 45)),
    Signal.RISKY_SIGN_IN: (Weight(50, 35),),
}
"""For each signal its steps, rising; the highest that is reached counts."""
_HIGHEST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A signal that spoke: how many were counted, and what it adds."""

    signal: Signal
    counted: int
    points: int


def judge(counts: Mapping[Signal, int]) -> tuple[int, tuple[Found, ...]]:
    """Return the score of what was counted, and the signals that spoke, the weightiest first."""
    found: list[Found] = []
    for signal, counted in counts.items():
        reached = [weight.points for weight in WEIGHTS[signal] if counted >= weight.at_least]
        if reached:
            found.append(Found(signal, counted, reached[-1]))
    ordered = tuple(sorted(found, key=lambda one: (-one.points, one.signal)))
    return min(_HIGHEST, sum(one.points for one in ordered)), ordered
