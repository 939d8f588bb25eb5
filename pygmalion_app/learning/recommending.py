"""What a learner might book next, and why: from what is required of them, what they hold, and what colleagues take."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from pygmalion_app.compliance.models import Status
from pygmalion_app.learning.schemas import Due, Holding, Offered, Reason, Recommendation, Why

RENEWAL_DAYS: Final = 180
"""So many days before its end a certificate that nobody requires is worth renewing."""
MOST: Final = 6
_WHY: Final = {Status.EXPIRED: Why.EXPIRED, Status.MISSING: Why.MISSING, Status.EXPIRING: Why.EXPIRING}
_PRESSING: Final = tuple(Why)


@dataclass(frozen=True, slots=True)
class Habit:
    """A course that so many people with one's own job took."""

    code: str
    title: str
    title_en: str
    organization_name: str
    job_role: str
    people: int


@dataclass(slots=True)
class _Idea:
    code: str
    title: str
    title_en: str
    reasons: list[Reason] = field(default_factory=list[Reason])

    @property
    def order(self) -> tuple[int, date, str]:
        first = self.reasons[0]
        return _PRESSING.index(first.why), first.until or date.max, self.code


def codes_wanted(due: Iterable[Due], held: Iterable[Holding], habits: Iterable[Habit]) -> list[str]:
    """Return the course types whose sessions a recommendation may need."""
    return sorted(
        {code for one in due for code in one.codes} | {one.code for one in held} | {one.code for one in habits}
    )


def recommend(
    due: Sequence[Due],
    held: Sequence[Holding],
    habits: Sequence[Habit],
    booked: frozenset[str],
    offers: Mapping[str, Offered],
    today: date,
) -> tuple[Recommendation, ...]:
    """Return what to book next, the most pressing first. What is booked already is left out, whoever requires it.

    `booked` are course types with a seat to come; `offers` the next session of each type.
    """
    required = {code for one in due for code in one.codes}
    ideas: dict[str, _Idea] = {}
    for one in due:
        if one.status in _WHY and one.planned_on is None and not booked & set(one.codes):
            reason = Reason(why=_WHY[one.status], organization_name=one.organization_name, until=one.until)
            _add(ideas, _choice(one, offers), one.title, one.title_en, reason)
    for one in held:
        soon = one.until is not None and one.until <= today + timedelta(days=RENEWAL_DAYS)
        if soon and one.code not in required | booked:
            _add(ideas, one.code, one.title, one.title_en, Reason(why=Why.RENEWAL, until=one.until))
    known = {one.code for one in held}
    for one in habits:
        if one.code not in known | required | booked:
            reason = Reason(
                why=Why.COLLEAGUES,
                organization_name=one.organization_name,
                job_role=one.job_role,
                people=one.people,
            )
            _add(ideas, one.code, one.title, one.title_en, reason)
    ordered = sorted(ideas.values(), key=lambda idea: idea.order)
    return tuple(
        Recommendation(
            code=idea.code,
            title=idea.title,
            title_en=idea.title_en,
            reasons=tuple(idea.reasons),
            session=offers.get(idea.code),
        )
        for idea in ordered[:MOST]
    )


def _choice(one: Due, offers: Mapping[str, Offered]) -> str:
    """Return which of the alternatives to take: the first for a beginner, the last for a renewal, if it is offered."""
    codes = one.codes if one.status is Status.MISSING else tuple(reversed(one.codes))
    return next((code for code in codes if code in offers), codes[0])


def _add(ideas: dict[str, _Idea], code: str, title: str, title_en: str, reason: Reason) -> None:
    idea = ideas.setdefault(code, _Idea(code, title, title_en))
    idea.reasons.append(reason)
    idea.reasons.sort(key=lambda one: (_PRESSING.index(one.why), one.until or date.max))
