"""When a self-funded individual pays, and how much: nothing but calculation.

The law (Code du travail, for the contract between a training organisation and a person who pays themself):
- L6353-5: the buyer may withdraw within 10 days; 14 where the contract is concluded at a distance, as here (Code de la
  consommation L221-18). The day of the contract does not count, the last one counts to its end, and a period that ends
  on a Saturday, a Sunday or a public holiday is prolonged to the next working day (L221-19; the same in the Code de
  procedure civile, 641 and 642).
- L6353-6: nothing may be asked for before that period is over; then at most 30 %; the balance in stages as the training
  goes on.
Days, percent, stages and holidays are settings: another country or a kinder platform has others.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

FRENCH_HOLIDAYS = (
    "01-01", "easter+1", "05-01", "05-08", "easter+39", "easter+50", "07-14", "08-15", "11-01", "11-11", "12-25",
)  # fmt: skip
"""Public holidays: a month and a day, or so many days after Easter Sunday."""

_SATURDAY = 5
_CHARGED_AT = time(9)
"""When something is due: by day, when people and their banks can be reached if a card is refused."""


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What a platform has decided within the law; `time_zone` (IANA) is where the days of the period are counted."""

    withdrawal_days: int = 14
    time_zone: str = "Europe/Paris"
    holidays: tuple[str, ...] = FRENCH_HOLIDAYS
    deposit_percent: int = 30
    stages: int = 2


@dataclass(frozen=True, slots=True)
class Training:
    """When and where a training takes place."""

    starts_at: datetime
    ends_at: datetime
    time_zone: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One payment, in cents including VAT."""

    number: int
    due_at: datetime
    amount_cents: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole: the first moment at which withdrawing is over, and the payments in their order."""

    withdrawal_ends_at: datetime
    stages: tuple[Stage, ...]


def withdrawal_end(contract_at: datetime, rules: PlanRules) -> datetime:
    """Return the end of the withdrawal period, the first moment that no longer belongs to it (UTC)."""
    return _start_of(_last_day(contract_at, rules) + timedelta(days=1), rules.time_zone)


def payment_plan(contract_at: datetime, training: Training, total_cents: int, rules: PlanRules) -> Plan:
    """Return what is due when: a deposit after the withdrawal period, then the balance as the training goes on.

    The amounts add up to the total; the moments are apart by a calendar day at least, and no stage of the balance is
    due before the part of the training that it pays for is over. A training that is over before the period is, is paid
    after it.
    """
    first_day = _last_day(contract_at, rules) + timedelta(days=1)
    ends_at = _start_of(first_day, rules.time_zone)
    deposit, deposit_at = total_cents * rules.deposit_percent // 100, _at(first_day, rules.time_zone)
    earliest = _first_day_after(deposit_at + timedelta(days=1), training.time_zone)
    due = [(deposit_at, deposit), *_balance(training, earliest, total_cents - deposit, rules)]
    owed = [(moment, amount) for moment, amount in due if amount > 0]
    stages = tuple(Stage(number, moment, amount) for number, (moment, amount) in enumerate(owed, start=1))
    return Plan(ends_at, stages)


def _balance(training: Training, earliest: date, cents: int, rules: PlanRules) -> list[tuple[datetime, int]]:
    """Return the stages of the balance; those that fall on one day are one."""
    zone = ZoneInfo(training.time_zone)
    start, end = training.starts_at.astimezone(zone).date(), training.ends_at.astimezone(zone).date()
    days = (end - start).days + 1
    parts = min(rules.stages, days)
    by_day: dict[date, int] = {}
    for part in range(1, parts + 1):
        taught = -(-days * part // parts)  # whole days, rounded up: nothing is paid before it was given
        day = max(start + timedelta(days=taught), earliest)
        by_day[day] = by_day.get(day, 0) + cents * part // parts - cents * (part - 1) // parts
    return [(_at(day, training.time_zone), amount) for day, amount in sorted(by_day.items())]


def _last_day(contract_at: datetime, rules: PlanRules) -> date:
    day = contract_at.astimezone(ZoneInfo(rules.time_zone)).date() + timedelta(days=rules.withdrawal_days)
    while not _is_working_day(day, rules.holidays):
        day += timedelta(days=1)
    return day


def _is_working_day(day: date, holidays: tuple[str, ...]) -> bool:
    return day.weekday() < _SATURDAY and day not in _holidays(day.year, holidays)


@cache
def _holidays(year: int, named: tuple[str, ...]) -> frozenset[date]:
    return frozenset(found for name in named if (found := holiday(name, year)) is not None)


def holiday(name: str, year: int) -> date | None:
    """Return a holiday of a year; None for a 29 February in other years. ValueError for a name that is none."""
    if name.startswith("easter"):
        return _easter(year) + timedelta(days=int(name.removeprefix("easter")))
    month, _, day = name.partition("-")
    if date(2024, int(month), int(day)) == date(2024, 2, 29) and (year % 4 or (year % 100 == 0 and year % 400)):
        return None
    return date(year, int(month), int(day))


def _easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century = year % 19, year // 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 100 % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _first_day_after(moment: datetime, time_zone: str) -> date:
    """Return the first day on which the hour of charging comes at a moment or after it."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return local.date() + timedelta(days=local.time() > _CHARGED_AT)


def _start_of(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def _at(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, _CHARGED_AT, ZoneInfo(time_zone)).astimezone(UTC)
