"""A person's status for a requirement: one pure function, and the rules it goes by.

Days are the person's own (their site's clock). Months are calendar months: a year from 29 February ends on the 28th,
and a renewal that keeps the anchor ends on the 29th again in the next leap year.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID

from pygmalion_app.certificates import validity
from pygmalion_app.compliance.models import Anchor, DecidedBy, Status

EXPIRING_DAYS = 90
MINUTES_AN_HOUR = 60
DAYS_REMEMBERED: Final = 20_000
# People were trained on the same days, under the same rules.
last_valid_day = lru_cache(DAYS_REMEMBERED)(validity.last_valid_day)
_SEVERITY = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Rule:
    """How long what somebody holds counts; see `models.Requirement`."""

    months: int | None = None
    anchor: str = Anchor.DATE
    window_months: int = 0
    recency_months: int | None = None
    hours_per_period: int | None = None
    period_months: int | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate that counts. `until` is its own last day, None for ever; `minutes` is the training's length."""

    id: UUID
    kind: DecidedBy
    obtained_on: date
    until: date | None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Booking:
    """A confirmed seat in a session to come, or one whose result is not known yet; `starts_on` is its first day."""

    enrollment_id: UUID
    starts_on: date


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exemption; `until` is its last day, None without an end."""

    id: UUID
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """When somebody does the work; `until` is the last day, None while there is none in sight."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status. `until` is the last day on which it holds, or held; `planned_on`, the first day of a booked session."""

    status: Status
    until: date | None = None
    decided_by: DecidedBy = DecidedBy.NOTHING
    decided_by_id: UUID | None = None
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Holds:
    """Until when somebody holds something, through which certificate. `until` None: for ever."""

    until: date | None
    proof: Proof


def judge(
    rule: Rule,
    proofs: Sequence[Proof],
    bookings: Iterable[Booking] = (),
    exemption: Waiver | None = None,
    today: date = date.min,
    expiring_days: int = EXPIRING_DAYS,
    practice: Practice | None = None,
) -> Judgement:
    """Return the status of one person for one requirement on a day.

    `proofs` are all certificates that satisfy it, also past ones; those obtained later than `today` do not count.
    """
    planned = min((booking for booking in bookings), key=lambda booking: booking.starts_on, default=None)
    planned_on = planned.starts_on if planned else None
    if exemption is not None and (exemption.until is None or today <= exemption.until):
        return Judgement(Status.EXEMPT, exemption.until, DecidedBy.EXEMPTION, exemption.id, planned_on)
    held = holds(rule, proofs, today, practice) if proofs else None
    if held is not None and (held.until is None or today <= held.until):
        lasts = held.until is None or held.until > today + timedelta(days=expiring_days)
        status = Status.COMPLIANT if lasts else Status.EXPIRING
        return Judgement(status, held.until, held.proof.kind, held.proof.id, planned_on)
    until = held.until if held else None
    if planned is not None:
        return Judgement(Status.PLANNED, until, DecidedBy.ENROLLMENT, planned.enrollment_id, planned_on)
    if held is not None:
        return Judgement(Status.EXPIRED, until, held.proof.kind, held.proof.id)
    return Judgement(Status.MISSING)


def strictest(judgements: Iterable[Judgement]) -> Judgement:
    """Return the judgement that counts where several sets ask for the same thing: the worst, and the earliest end."""
    return min(judgements, key=lambda it: (_SEVERITY[it.status], it.until or date.max))


def holds(rule: Rule, proofs: Sequence[Proof], today: date, practice: Practice | None = None) -> Holds | None:
    """Return until when somebody holds a requirement as far as is known on a day, None when they never did."""
    known = sorted((proof for proof in proofs if proof.obtained_on <= today), key=lambda proof: proof.obtained_on)
    if not known:
        return None
    held = _through_hours(rule, known) if rule.hours_per_period else _through_any(rule, known)
    if held is None or rule.recency_months is None:
        return held
    lost = _lost_on(rule.recency_months, known[-1].obtained_on, practice)
    if lost is not None and (held.until is None or lost < held.until):
        return Holds(lost, held.proof)
    return held


@dataclass(slots=True)
class _Chain:
    """Renewals that each counted on from the end of the one before: all from one anchor day."""

    anchor: date
    times: int = 0
    until: date = field(default=date.min)


def _through_any(rule: Rule, known: list[Proof]) -> Holds:
    """Any one certificate is enough; the one that ends last decides."""
    best: Holds | None = None
    chain: _Chain | None = None
    for proof in known:
        until, chain = _end_of(rule, proof, chain)
        if best is None or _later(until, best.until):
            best = Holds(until, proof)
    assert best is not None  # noqa: S101 - `known` is never empty
    return best


def _end_of(rule: Rule, proof: Proof, chain: _Chain | None) -> tuple[date | None, _Chain | None]:
    """Return a certificate's last day under the rule, and the chain that it goes on or begins."""
    if rule.months is None:
        return proof.until, None
    plain = last_valid_day(proof.obtained_on, rule.months, rule.anchor)
    assert plain is not None  # noqa: S101 - there are months
    if proof.until is not None and proof.until < plain:
        # It says itself that it ends earlier; a renewal before that day counts from there.
        return _kept(chain, proof.until, _Chain(proof.until, 0, proof.until))
    if chain is not None and _in_window(rule, proof.obtained_on, chain.until):
        times = chain.times + 1
        until = last_valid_day(chain.anchor, rule.months * times, rule.anchor)
        assert until is not None  # noqa: S101 - there are months
        return until, _Chain(chain.anchor, times, until)
    return _kept(chain, plain, _Chain(proof.obtained_on, 1, plain))


def _kept(chain: _Chain | None, until: date, new: _Chain) -> tuple[date, _Chain]:
    """Return a certificate's end, and whichever chain reaches further."""
    return until, chain if chain is not None and chain.until > until else new


def _in_window(rule: Rule, obtained_on: date, end: date) -> bool:
    """Tell whether a renewal came in the last months before an end (after which it would have to start anew)."""
    anchor = Anchor.DATE if rule.anchor == Anchor.DATE else Anchor.MONTH_END
    opens = last_valid_day(end, -rule.window_months, anchor)
    return opens is not None and opens < obtained_on <= end


def _through_hours(rule: Rule, known: list[Proof]) -> Holds | None:
    """Enough hours at once: each training counts for a period. Return the last day on which they sufficed."""
    wanted = (rule.hours_per_period or 0) * MINUTES_AN_HOUR
    ends = [(proof, _counts_until(rule, proof)) for proof in known]
    best: Holds | None = None
    for proof, end in ends:
        counted = sum(
            other.minutes for other, until in ends if other.obtained_on <= (end or date.max) and not _later(end, until)
        )
        if counted >= wanted and (best is None or _later(end, best.until)):
            best = Holds(end, proof)
    return best


def _counts_until(rule: Rule, proof: Proof) -> date | None:
    end = last_valid_day(proof.obtained_on, rule.period_months, rule.anchor)
    return end if proof.until is None or _later(proof.until, end) else proof.until


def _lost_on(months: int, trained_on: date, practice: Practice | None) -> date | None:
    """Return the last day before the work was out of practice for too long, None while it is being done."""
    lost = last_valid_day(trained_on, months, Anchor.DATE)
    if practice is None or lost is None or practice.since > lost:
        return lost
    if practice.until is None:
        return None
    return max(lost, last_valid_day(practice.until, months, Anchor.DATE) or lost)


def _later(one: date | None, other: date | None) -> bool:
    """Tell whether one end comes after another; None is no end."""
    return other is not None and (one is None or one > other)
