"""What mails bring with them: made by the feature that knows it, as the mail is sent, so that it is never stale."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pygmalion_app.core.ports import Attachment
from pygmalion_app.core.unit_of_work import UnitOfWork

Maker = Callable[[UnitOfWork, UUID], Awaitable[Attachment | None]]
_MAKERS: Final[dict[str, Maker]] = {}


@dataclass(frozen=True, slots=True)
class Attached:
    """What is to be enclosed: a kind that a feature registered, and the row that it is about."""

    kind: str
    id: UUID


def register(kind: str, maker: Maker) -> None:
    """Take a kind's maker: it returns None where there is nothing to enclose any more. The actor is the system."""
    _MAKERS[kind] = maker


async def make(uow: UnitOfWork, kind: str, of: UUID | None) -> tuple[Attachment, ...]:
    """Return what a mail encloses."""
    made = await _MAKERS[kind](uow, of) if kind and of is not None else None
    return (made,) if made is not None else ()
