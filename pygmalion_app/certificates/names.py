"""The holder's name in public verification: masked where the holder wishes, and compared with a typed one."""

import re
import unicodedata
from uuid import UUID

from pygmalion_app.certificates import service
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork

_APART = re.compile(r"[\W_]+")


async def mask_name(uow: UnitOfWork, certificate_id: UUID, *, masked: bool) -> bool:
    """Hide the name of one's own certificate in public verification, or show it again; return how it is now.

    Raises NotFoundError for anybody but its holder.
    """
    await service.get(uow, certificate_id)
    certificate = await uow.session.get_one(Certificate, certificate_id)
    if certificate.user_id != uow.actor.user_id:
        raise NotFoundError(certificate=str(certificate_id))
    async with uow.elevated():
        certificate.name_masked = masked
        await uow.session.flush()
    return masked


def same_name(typed: str, holder: str) -> bool:
    """Return whether two names are the same but for case, accents, hyphens and the order of their parts."""
    parts = _parts(typed)
    return bool(parts) and parts == _parts(holder)


def _parts(name: str) -> list[str]:
    spelled = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(one for one in spelled if not unicodedata.combining(one))
    return sorted(part for part in _APART.split(bare) if part)
