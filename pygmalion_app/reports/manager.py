"""A manager's dashboard: the team's standing, the budget, what is booked and what to look at, in one reading."""

from uuid import UUID

from pygmalion_app.budgets import service as budgets
from pygmalion_app.budgets.schemas import BudgetSummary
from pygmalion_app.compliance import policy, queries
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.schemas import Alert, Upcoming
from pygmalion_app.core.together import SharedView, read_together
from pygmalion_app.core.unit_of_work import UnitOfWork


class ManagerDashboard(SharedView):
    """A manager's first figures. `compliance_rate` is from 0 to 1."""

    organization_id: UUID
    team_size: int
    compliance_rate: float
    counts: dict[str, int]
    budget: BudgetSummary
    upcoming: list[Upcoming]
    alerts: list[Alert]


async def dashboard(uow: UnitOfWork, organization_id: UUID | None = None) -> ManagerDashboard:
    """Return the figures of an organisation, by default the first whose compliance the actor sees.

    Raises NotFoundError, NotAuthenticatedError, PermissionDeniedError, OrganizationNotGivenError.
    """
    found = policy.chosen(uow.actor, organization_id)
    policy.require_read(uow.actor, found)
    uow.actor.require(budgets.MANAGE, found)
    key = (dashboard, found, local_day(uow.clock.now()))
    view = await read_together(uow, key, lambda: _read(uow, found))
    await uow.require_reach(found)
    return view


async def _read(uow: UnitOfWork, found: UUID) -> ManagerDashboard:
    # What the organisation has booked, whichever of its managers is the one who reads it for all who ask.
    async with uow.elevated():
        overview = await queries.overview(uow, found)
        return ManagerDashboard(
            organization_id=found,
            team_size=overview.team_size,
            compliance_rate=overview.rate,
            counts=overview.counts,
            budget=await budgets.summary(uow, found),
            upcoming=await queries.upcoming(uow, found),
            alerts=overview.alerts,
        )
