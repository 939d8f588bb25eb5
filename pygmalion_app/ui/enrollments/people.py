"""Names and e-mail addresses as people paste them from a sheet or a mail."""

import re
from dataclasses import dataclass

_EMAIL = re.compile(r"[^\s<>\"'(),;:\t]+@[^\s<>\"'(),;:\t]+\.[^\s<>\"'(),;:\t]+")
_CELLS = re.compile(r"[\t;,|]")
_FIRST = {"prenom", "prénom", "prenoms", "prénoms", "first", "first name", "firstname", "given name"}
_LAST = {"nom", "nom de famille", "last", "last name", "lastname", "surname", "family name"}
MAX_LINES = 200


@dataclass(frozen=True, slots=True)
class Pasted:
    """One person that a line names."""

    email: str
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that names nobody: `reason` is `email` or `name`."""

    number: int
    text: str
    reason: str


def parse_people(text: str) -> tuple[list[Pasted], list[BadLine]]:
    """Read one person a line, cells separated by tabs, semicolons or commas, in any order.

    A heading line says which of the names comes first; without one, a name in capitals is the family name (as French
    sheets write it), else the first name comes first. A missing name is read from the address (`marie.le-goff@...`).
    """
    people: list[Pasted] = []
    bad: list[BadLine] = []
    last_first = False
    for number, line in enumerate(text.splitlines()[:MAX_LINES], start=1):
        cells = _cells(line)
        if not cells:
            continue
        found = _EMAIL.search(line)
        if found is None:
            order = _heading(cells)
            if order is None:
                bad.append(BadLine(number, line.strip()[:80], "email"))
            else:
                last_first = order
            continue
        email = found.group().strip(".").lower()
        first, last = _names([cell for cell in cells if "@" not in cell] or _before(line, found.start()), last_first)
        if not first or not last:
            first, last = _names_in_address(email)
        if not first or not last:
            bad.append(BadLine(number, line.strip()[:80], "name"))
        else:
            people.append(Pasted(email, first, last))
    return people, bad


def _cells(line: str) -> list[str]:
    return [cell for cell in (part.strip(" \"'<>\u00a0\ufeff") for part in _CELLS.split(line)) if cell]


def _heading(cells: list[str]) -> bool | None:
    """Return whether a heading puts the family name first; None for a line that is no heading."""
    names = [cell.lower() for cell in cells]
    if not any(name in _FIRST | _LAST or "mail" in name or "courriel" in name for name in names):
        return None
    order = [name in _LAST for name in names if name in _FIRST | _LAST]
    return bool(order) and order[0]


def _before(line: str, end: int) -> list[str]:
    """Return the name in `Marie Le Goff <marie@...>`."""
    name = line[:end].strip(" \"'<>(\t")
    return [name] if name else []


def _names(cells: list[str], last_first: bool) -> tuple[str, str]:
    if not cells:
        return "", ""
    if len(cells) == 1:
        return _split_name(cells[0], last_first)
    first, last = cells[0], cells[1]
    if _capital(first) != _capital(last):
        return (last, first) if _capital(first) else (first, last)
    return (last, first) if last_first else (first, last)


def _split_name(name: str, last_first: bool) -> tuple[str, str]:
    words = name.split()
    if len(words) < 2:  # noqa: PLR2004 - a first and a last name
        return "", ""
    capitals = [word for word in words if _capital(word)]
    if capitals and len(capitals) < len(words):
        return " ".join(word for word in words if not _capital(word)), " ".join(capitals)
    if last_first:
        return " ".join(words[1:]), words[0]
    return words[0], " ".join(words[1:])


def _capital(name: str) -> bool:
    return len(name) > 1 and name.isupper()


def _names_in_address(email: str) -> tuple[str, str]:
    parts = [part for part in re.split(r"[._]", email.split("@", maxsplit=1)[0]) if part.replace("-", "").isalpha()]
    if len(parts) < 2 or any(len(part) < 2 for part in parts[:2]):  # noqa: PLR2004 - a first and a last name
        return "", ""
    return parts[0].title(), " ".join(part.title() for part in parts[1:])
