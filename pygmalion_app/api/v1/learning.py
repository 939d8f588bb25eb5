"""`/dashboard/learner` and `/calendar`: what a learner has before them."""

from fastapi import APIRouter

from pygmalion_app.api.deps import SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.learning import calendar, dashboard
from pygmalion_app.learning.schemas import CalendarView, LearnerDashboard

router = APIRouter(tags=["learning"])


@router.get("/dashboard/learner")
async def learner(actor: SignedInActor) -> Success[LearnerDashboard]:
    """Return what is due, booked and held over all of one's organisations, and what to book next, with its reasons."""
    async with unit_of_work(actor) as uow:
        return ok(await dashboard.learner_dashboard(uow))


@router.get("/calendar")
async def my_calendar(actor: SignedInActor) -> Success[CalendarView]:
    """Return the private address of one's own calendar feed (iCalendar); it is made when first asked for."""
    async with unit_of_work(actor) as uow:
        return ok(await calendar.my_feed(uow))


@router.post("/calendar/renew")
async def renew(actor: SignedInActor) -> Success[CalendarView]:
    """Give one's calendar another address; whoever knows the one before reads nothing any more."""
    async with unit_of_work(actor) as uow:
        return ok(await calendar.renew(uow))
