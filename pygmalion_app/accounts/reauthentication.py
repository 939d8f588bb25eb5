"""Sensitive changes ask who it is once more: a session left open on a desk must not be enough."""

from datetime import timedelta

from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.core.unit_of_work import UnitOfWork

RECENT = timedelta(minutes=10)


def require_recent(uow: UnitOfWork) -> None:
    """Raise ReauthenticationRequiredError unless this session proved itself within 10 minutes (ASVS 5, 7.5.1).

    Raises NotAuthenticatedError for a stranger. Jobs and commands, which no person can repeat, pass.
    """
    if uow.actor.is_system:
        return
    uow.actor.require_user()
    proven = uow.actor.authenticated_at
    if proven is None or uow.clock.now() - proven > RECENT:
        raise ReauthenticationRequiredError
