"""Asking participants, each morning."""

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import surveys
from pygmalion_app.reports.survey_models import SurveyKind


@tasks.periodic(cron="20 6 * * *")
@tasks.task(name="reports.ask_surveys", queue="mail", queueing_lock="reports.ask_surveys")
async def ask_surveys(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Ask everybody who is due, some at a time; repeating it asks nobody twice."""
    for kind in SurveyKind:
        while True:
            async with unit_of_work(SYSTEM) as uow:
                if not await surveys.ask(uow, kind):
                    break
