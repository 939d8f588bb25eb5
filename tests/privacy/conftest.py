"""People who have just proved who they are."""

from dataclasses import replace

from pygmalion_app.core.actor import Actor
from tests.clock import MovableClock


def recently(actor: Actor, clock: MovableClock) -> Actor:
    """Return an actor whose session has just proved who it is."""
    return replace(actor, authenticated_at=clock.now())
