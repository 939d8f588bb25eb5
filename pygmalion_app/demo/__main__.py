"""`python -m pygmalion_app.demo`: load the demonstration into DATABASE_URL."""

import asyncio
import sys

from pygmalion_app import bootstrap
from pygmalion_app.core.config import Settings
from pygmalion_app.demo.loader import load


async def main() -> None:
    """Load and say what was done."""
    async with bootstrap.running(bootstrap.build(Settings.load())) as container:
        done = await load(container)
    sys.stdout.write(
        f"demo data: {done.organizations} organisations, {done.courses} courses, {done.sessions} sessions, "
        f"{done.enrollments} enrolments, {done.certificates} certificates in {done.seconds:.1f} s\n"
    )


if __name__ == "__main__":
    asyncio.run(main())
