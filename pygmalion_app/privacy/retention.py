"""What goes by itself with time (specification 10.2): every rule once a day, each in a transaction of its own.

The rules stand beside the data they are about, in each part's `privacy` module. What a rule did, or that it failed, is
written down and shown to the administrators.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.models import Table
from pygmalion_app.core.privacy import Period, Rule, forgets, holders
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, container, unit_of_work
from pygmalion_app.privacy import policy
from pygmalion_app.privacy.models import RetentionRun
from pygmalion_app.privacy.schemas import RuleView

LOG_PERIOD: Final = Period(months=3)
_LOG_SUFFIXES = (".log", ".log.1")

log = logging.getLogger(__name__)


async def _forget_logs(uow: UnitOfWork, before: datetime) -> int:
    """Delete log files that nothing was written to since; running programs write to theirs."""
    return _delete_old(uow.settings.pygmalion_home / "logs", before)


def _delete_old(folder: Path, before: datetime) -> int:
    old = [
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.name.endswith(_LOG_SUFFIXES) and path.stat().st_mtime < before.timestamp()
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


_JOBS: Final = Rule(
    "jobs",
    LOG_PERIOD,
    # Those that succeeded are gone at once; these failed for good.
    forgets(
        "DELETE FROM procrastinate_jobs j WHERE j.status NOT IN ('todo', 'doing') AND NOT EXISTS"
        " (SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at >= %(before)s)"
    ),
)
_LOGS: Final = Rule("logs", LOG_PERIOD, _forget_logs)


def rules() -> tuple[Rule, ...]:
    """Return every rule, those first whose rows refer to others'."""
    return (*(rule for holder in holders() for rule in holder.rules), _JOBS, _LOGS)


async def run_rules(parts: Container | None = None, clock: Callable[[], float] = time.monotonic) -> dict[str, int]:
    """Apply every rule; a rule that fails is logged and written down, and the others go on. Returns rows by rule."""
    done: dict[str, int] = {}
    started = clock()
    for rule in rules():
        done[rule.name] = await _run(rule, parts or container())
    await _forget_pseudonyms(parts)
    gone = ", ".join(f"{name} {rows}" for name, rows in done.items() if rows) or "nothing"
    log.info("retention, %.1f s: %s", clock() - started, gone)
    return done


async def _run(rule: Rule, parts: Container) -> int:
    started = parts.clock.now()
    before = rule.period.before(started)
    rows, failed = 0, False
    try:
        async with unit_of_work(SYSTEM, parts) as uow:
            rows = await rule.run(uow, before)
            if rows:
                await audit.record(uow, "retention.applied", facts={"rule": rule.name, "rows": rows})
    except Exception:
        log.exception("the retention rule %s failed", rule.name)
        rows, failed = 0, True
    async with unit_of_work(SYSTEM, parts) as uow:
        uow.session.add(
            RetentionRun(
                rule=rule.name,
                before=before,
                rows=rows,
                failed=failed,
                started_at=started,
                finished_at=parts.clock.now(),
            )
        )
    return rows


async def _forget_pseudonyms(parts: Container | None) -> None:
    """Delete the last of erased accounts, a random name, once nothing that is kept leads to it any more."""
    references = sorted(
        (table.name, column.name)
        for table in Table.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "users.id" and table.name != "account_lifecycles"
    )
    free = " AND ".join(
        f'NOT EXISTS (SELECT FROM "{table}" r WHERE r."{column}" = u.id)' for table, column in references
    )
    async with unit_of_work(SYSTEM, parts) as uow:
        statement = (
            "DELETE FROM users u USING account_lifecycles l"  # noqa: S608 - names of our own tables
            f" WHERE l.user_id = u.id AND l.erased_at IS NOT NULL AND {free}"
        )
        await uow.sql(statement)  # pyright: ignore[reportArgumentType]


async def overview(uow: UnitOfWork) -> tuple[RuleView, ...]:
    """Return every rule and what it did last. NotAuthenticatedError, PermissionDeniedError for others than admins."""
    policy.require_audit(uow.actor)
    rows = await uow.sql("SELECT DISTINCT ON (rule) * FROM retention_runs ORDER BY rule, started_at DESC")
    last = {row["rule"]: row for row in rows}
    return tuple(_view(rule, last.get(rule.name)) for rule in rules())


def _view(rule: Rule, last: dict[str, object] | None) -> RuleView:
    period = rule.period
    return RuleView.model_validate(
        {
            "name": rule.name,
            "years": period.years,
            "months": period.months,
            "days": period.days,
            "last_run_at": last["started_at"] if last else None,
            "last_rows": last["rows"] if last else None,
            "last_failed": last["failed"] if last else None,
        }
    )
