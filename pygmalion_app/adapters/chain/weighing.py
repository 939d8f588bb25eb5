"""What to believe when several nodes were asked the same.

Deciding for good needs `quorum`, more than half of the nodes that are configured, so that one that lies decides
nothing, not even while the others are silent. What can be taken back is decided by those who answered.
"""

from collections import Counter
from collections.abc import Sequence

from pygmalion_app.core.ports import CallReceipt, Effect


def middle(values: Sequence[int]) -> int:
    """Return the median, the lower one of two."""
    return sorted(values)[(len(values) - 1) // 2]


def certain(effects: Sequence[Effect], quorum: int) -> Effect | None:
    """Return what at least `quorum` nodes say."""
    return next((effect for effect, voices in Counter(effects).items() if voices >= quorum), None)


def likely(effects: Sequence[Effect]) -> Effect:
    """Return what most say; in doubt ABSENT, as calling again changes nothing, then SAME."""
    voices = Counter(effects)
    order = (Effect.ABSENT, Effect.SAME, Effect.DIFFERENT)
    return max(order, key=lambda effect: (voices[effect], -order.index(effect)))


def receipt(answers: Sequence[CallReceipt | None]) -> CallReceipt | None:
    """Return the success that most of those who know of one tell, a failure if most of all say so, else None."""
    found = Counter(answer for answer in answers if answer is not None)
    successes = [answer for answer, _voices in found.most_common() if answer.succeeded]
    if successes:
        return successes[0]
    return found.most_common(1)[0][0] if found.total() * 2 > len(answers) else None
