"""`python -m pygmalion_app.launch with-database pygmalion_app.commands.rotate_file_keys`: rotate the files' key.

Certificates, signatures on attendance sheets and the private parts of signing keys are kept under it too.

1. Add a key to FILE_KEYS, name it in FILE_KEY_CURRENT and restart (new documents use it from then on).
2. Run this: the keys of all documents are wrapped under it. It may be stopped and run again at any time.
3. Take the old key out of FILE_KEYS once this says that nothing depends on it, backups apart.
"""

import asyncio
import sys
from collections import Counter

from pygmalion_app import bootstrap
from pygmalion_app.attendance import rotation as signatures
from pygmalion_app.certificates import external
from pygmalion_app.certificates.document import kept as certificates
from pygmalion_app.certificates.keys import ring as signing_keys
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.kyc import rotation

_PARTS = (rotation, external, certificates, signing_keys, signatures)


async def main() -> None:
    """Wrap every document's key under the current one, and say which keys are still needed."""
    async with bootstrap.running(bootstrap.build(Settings.load())) as container:
        done = 0
        for rewrap_some in (part.rewrap_some for part in _PARTS):
            while True:
                async with unit_of_work(SYSTEM, container) as uow:
                    some = await rewrap_some(uow)
                if not some:
                    break
                done += some
        async with unit_of_work(SYSTEM, container) as uow:
            used = Counter[str]()
            for part in _PARTS:
                used.update(await part.keys_in_use(uow))
        ring = container.settings.file_key_ring
    sys.stdout.write(f"{done} documents re-wrapped under {ring.current!r}\n")
    for key_id in sorted(set(ring.keys) | set(used)):
        state = f"{used.get(key_id, 0)} documents"
        spare = key_id != ring.current and not used.get(key_id)
        sys.stdout.write(f"  {key_id}: {state}{', may be removed' if spare else ''}\n")


if __name__ == "__main__":
    asyncio.run(main())
