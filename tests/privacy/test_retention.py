"""What time does: unused accounts, rules that fail, and what every rule has to say."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from pygmalion_app.core import privacy
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.privacy import Holder, Period, Rule, forgets, holders
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.privacy import retention
from pygmalion_app.privacy.jobs import do_daily
from tests.accounts.signing import mails_to
from tests.cast import Cast
from tests.clock import MovableClock

RunJobs = Callable[[], Awaitable[None]]


async def _email(container: Container, cast: Cast) -> str:
    async with unit_of_work(SYSTEM, container) as uow:
        (row,) = await uow.sql("SELECT email::text FROM users WHERE id = %(id)s", id=cast.lea.user_id)
    return row["email"]


async def test_an_unused_account_is_warned_and_then_erased(
    container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    clock.move(days=3 * 365 - 32)
    await do_daily()
    assert [mail for mail in await mails_to(run_jobs, "lea@test.example") if "effacé" in mail.subject] == []
    clock.move(days=4)
    await do_daily()
    assert len([mail for mail in await mails_to(run_jobs, "lea@test.example") if "effacé" in mail.subject]) == 1
    await do_daily()
    async with unit_of_work(SYSTEM, container) as uow:
        mails = await uow.sql("SELECT 1 FROM outgoing_emails WHERE to_address = 'lea@test.example'")
    assert len(mails) == 1, "warned once"
    clock.move(days=29)
    await do_daily()
    assert await _email(container, cast) == "lea@test.example"
    clock.move(days=2)
    await do_daily()
    async with unit_of_work(SYSTEM, container) as uow:
        assert await uow.sql("SELECT 1 FROM users WHERE email = 'lea@test.example'") == []
        # Nothing that must be kept leads to her: the pseudonym has gone too.
        assert await uow.sql("SELECT 1 FROM users WHERE id = %(id)s", id=cast.lea.user_id) == []
        assert await uow.sql("SELECT 1 FROM users WHERE email = 'ada@test.example'"), "administrators stay"
        assert await uow.sql("SELECT 1 FROM users WHERE email = 'olga@test.example'"), "alone with her school"


async def test_who_comes_back_after_the_warning_stays(container: Container, cast: Cast, clock: MovableClock) -> None:
    clock.move(days=3 * 365 - 20)
    await do_daily()
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql(
            "INSERT INTO browser_sessions (id, user_id, token_hash, expires_at, last_seen_at)"
            " VALUES (gen_random_uuid(), %(id)s, '\\x01', %(later)s, %(now)s)",
            id=cast.lea.user_id,
            later=clock.now() + timedelta(days=1),
            now=clock.now() + timedelta(days=1),
        )
    clock.move(days=40)
    await do_daily()
    assert await _email(container, cast) == "lea@test.example"


async def test_a_rule_that_fails_is_written_down_and_stops_no_other(
    container: Container, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Rule("broken", Period(days=1), forgets("DELETE FROM no_such_table WHERE at < %(before)s"))
    monkeypatch.setattr(privacy, "_holders", {"broken": Holder("broken", rules=(broken,)), **privacy._holders})
    done = await retention.run_rules(container)
    assert done["broken"] == 0
    async with unit_of_work(cast.ada, container) as uow:
        runs = await uow.sql("SELECT rule, failed FROM retention_runs")
    assert {run["rule"] for run in runs if run["failed"]} == {"broken"}
    assert {run["rule"] for run in runs} == set(done)


def test_everything_a_part_says_of_itself_has_its_words() -> None:
    for locale in ("fr", "en"):
        for rule in retention.rules():
            assert translate(locale, f"retention-{rule.name}")
        for holder in holders():
            assert translate(locale, f"privacy-area-{holder.area}")
            for kept in holder.kept:
                assert translate(locale, f"privacy-kept-{kept.name}")
                assert translate(locale, f"privacy-kept-{kept.name}-why")


@pytest.mark.parametrize(
    ("period", "before", "after"),
    [
        (Period(years=1), "2023-02-28", "2025-02-28"),
        (Period(months=13), "2023-01-29", "2025-03-29"),
        (Period(months=1), "2024-01-29", "2024-03-29"),
        (Period(days=30), "2024-01-30", "2024-03-30"),
    ],
)
def test_periods_follow_the_calendar(period: Period, before: str, after: str) -> None:
    leap = datetime(2024, 2, 29, tzinfo=UTC)
    assert period.before(leap).date().isoformat() == before
    assert period.after(leap).date().isoformat() == after
