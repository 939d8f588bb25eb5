"""`python -m pygmalion_app.launch with-database pygmalion_app.commands.verify_audit`: verify the audit trail.

Walks the chain, computing every hash anew, then compares it with the heads that were kept outside the database day by
day. Ends with 1 and names the first broken link when something was changed.
"""

import asyncio
import sys

from pygmalion_app import bootstrap
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.privacy.audit_trail import contradicted_heads


async def main() -> int:
    """Verify, say what was found, and return the exit code."""
    async with bootstrap.running(bootstrap.build(Settings.load())) as container:
        async with unit_of_work(SYSTEM, container) as uow:
            report = await audit.verify(uow)
        async with unit_of_work(SYSTEM, container) as uow:
            contradicted = await contradicted_heads(uow)
    if report.broken_at is not None:
        sys.stdout.write(
            f"BROKEN at event {report.broken_at} ({report.reason}); {report.events} events before it hold\n"
        )
        return 1
    for day, sequence in contradicted:
        sys.stdout.write(f"REWRITTEN: the head kept on {day} (event {sequence}) is not in the chain any more\n")
    if contradicted:
        return 1
    sys.stdout.write(f"the chain holds: {report.events} events, head {report.head_sequence} {report.head_hash}\n")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
