"""`python -m pygmalion_app.launch with-database pygmalion_app.commands.rotate_signing_keys KIND [SLUG]`: a new key.

KIND is `p256`, `ed25519` or `authority`; SLUG is an organisation's, none means the platform. What the old key signed
stays good: its public part is kept for ever. Its private part is destroyed.
"""

import argparse
import asyncio
import sys
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app import bootstrap
from pygmalion_app.certificates.keys import ring
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations.models import Organization


async def main(kind: KeyKind, slug: str | None) -> int:
    """Rotate and say what the new key is called."""
    async with bootstrap.running(bootstrap.build(Settings.load())) as container, unit_of_work(SYSTEM, container) as uow:
        organization: UUID | None = None
        if slug is not None:
            query = select(col(Organization.id)).where(col(Organization.slug) == slug)
            organization = (await uow.session.execute(query)).scalar_one_or_none()
            if organization is None:
                sys.stderr.write(f"no organisation is called {slug!r}\n")
                return 1
        made = await ring.rotate(uow, organization, kind)
    sys.stdout.write(f"{kind.value} of {slug or 'the platform'}: {made.public.kid} signs from now on\n")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Replace a key that signs certificates.")
    parser.add_argument("kind", choices=[kind.value for kind in KeyKind])
    parser.add_argument("slug", nargs="?")
    given = parser.parse_args()
    if given.kind == KeyKind.AUTHORITY and given.slug:
        parser.error("the authority is the platform's: no organisation has one")
    sys.exit(asyncio.run(main(KeyKind(given.kind), given.slug)))
