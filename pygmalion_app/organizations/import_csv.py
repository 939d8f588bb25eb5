"""Reading a list of people from a CSV file: what each line says, or what is wrong with it, by line and column.

Nothing here touches the database. A line that is wrong is told and never half taken.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from email_validator import EmailNotValidError, validate_email

from pygmalion_app.core.i18n import LOCALES, translate
from pygmalion_app.core.permissions import Role
from pygmalion_app.organizations.schemas import one_line

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 2_000
_LONGEST_CELL = 80
_LONGEST_EMAIL = 254
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""
_COLUMNS: Final = {
    "email": ("email", "mail", "courriel", "adresseemail", "emailaddress", "adressemail"),
    "firstName": ("firstname", "prenom", "givenname"),
    "lastName": ("lastname", "nom", "surname", "familyname", "nomdefamille"),
    "role": ("role",),
    "jobRole": ("jobrole", "job", "poste", "fonction", "metier", "position"),
}
HEADER: Final = ";".join(_COLUMNS)


@dataclass(frozen=True, slots=True)
class Row:
    """One person to invite."""

    line: int
    email: str
    first_name: str
    last_name: str
    role: Role
    job_role: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where: `line` counts from 1, `column` is a heading (empty: the whole line or file)."""

    line: int
    column: str
    code: str
    detail: str = ""


@dataclass(slots=True)
class Sheet:
    """What a file holds."""

    rows: list[Row] = field(default_factory=list[Row])
    faults: list[Fault] = field(default_factory=list[Fault])
    repeated: int = 0
    """Lines that say again what an earlier one said."""


_EXTRA: Final = "\0extra"
"""Stands for cells beyond the last heading; no heading can be called so."""


class _FileError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, code: str, line: int = 1, detail: str = "") -> None:
        """Say what is wrong, and where."""
        super().__init__(code)
        self.fault = Fault(line, "", code, detail)


def read(content: bytes, roles: tuple[Role, ...]) -> Sheet:
    """Return the people and faults of a file; `roles` are those to choose from, the first where none is given."""
    sheet = Sheet()
    seen: dict[tuple[str, Role], int] = {}
    try:
        for line, cells in _records(_decoded(content)):
            row = _row(line, cells, roles, sheet.faults.append)
            if row is None:
                continue
            if (row.email, row.role) in seen:
                sheet.repeated += 1
            else:
                seen[row.email, row.role] = line
                sheet.rows.append(row)
    except _FileError as error:
        sheet.faults.append(error.fault)
    if not sheet.rows and not sheet.faults:
        sheet.faults.append(Fault(1, "", "empty"))
    return sheet


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8 with or without its mark, else what western spreadsheets write."""
    if len(content) > MOST_BYTES:
        raise _FileError("too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
    if any(character < " " and character not in "\t\r\n" for character in text):
        raise _FileError("not_text")
    return text


def _records(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Return each line after the heading as heading -> cell, with its number in the file."""
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] | None = None
    line, count = 1, 0
    try:
        for cells in reader:
            begins, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _headings(cells, begins)
                continue
            count += 1
            if count > MOST_LINES:
                raise _FileError("too_many_lines", begins, str(MOST_LINES))
            named = dict(zip(columns, cells, strict=False))
            if any(cell.strip() for cell in cells[len(columns) :]):
                named[_EXTRA] = ""
            yield begins, named
    except csv.Error as error:
        raise _FileError("unreadable", reader.line_num) from error


def _headings(cells: list[str], line: int) -> list[str]:
    names = [_column(cell) for cell in cells]
    if "email" not in names:
        raise _FileError("no_heading", line, HEADER)
    unknown = next((cell for cell, name in zip(cells, names, strict=True) if not name and cell.strip()), None)
    if unknown is not None:
        raise _FileError("unknown_column", line, unknown.strip()[:40])
    known = [name for name in names if name]
    if len(set(known)) != len(known):
        raise _FileError("repeated_column", line)
    return [name or f"\0{place}" for place, name in enumerate(names)]


def _column(cell: str) -> str:
    plain = _plain(cell)
    return next((name for name, spellings in _COLUMNS.items() if plain in spellings), "")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]", "", folded)


def _row(line: int, cells: dict[str, str], roles: tuple[Role, ...], fault: Callable[[Fault], None]) -> Row | None:
    """Return the person of a line, or None after telling every fault of it."""
    faults: list[Fault] = []
    if _EXTRA in cells:
        faults.append(Fault(line, "", "extra_cells"))
    values: dict[str, str] = {}
    for column in _COLUMNS:
        # Spreadsheets keep French typography's narrow spaces.
        value = cells.get(column, "").replace("\u00a0", " ").replace("\u202f", " ").strip(" ")
        code = _cell_fault(column, value)
        if code:
            faults.append(Fault(line, column, code))
        values[column] = value
    email = _email(values["email"]) if not any(one.column == "email" for one in faults) else None
    if email is None and not any(one.column == "email" for one in faults):
        faults.append(Fault(line, "email", "email" if values["email"] else "email_missing"))
    role = _role(values["role"], roles)
    if role is None and not any(one.column == "role" for one in faults):
        faults.append(Fault(line, "role", "role", ", ".join(roles)))
    for one in faults:
        fault(one)
    if faults or email is None or role is None:
        return None
    return Row(line, email, values["firstName"], values["lastName"], role, values["jobRole"])


def _cell_fault(column: str, value: str) -> str:
    if value.startswith(_FORMULA):
        return "formula"
    if len(value) > (_LONGEST_EMAIL if column == "email" else _LONGEST_CELL):
        return "too_long"
    try:
        one_line(value)
    except ValueError:
        return "not_plain"
    return ""


def _email(text: str) -> str | None:
    if not text:
        return None
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def _role(text: str, roles: tuple[Role, ...]) -> Role | None:
    if not text:
        return roles[0]
    return next((role for role in roles if _plain(text) in _spellings(role)), None)


@cache
def _spellings(role: Role) -> frozenset[str]:
    """Return how a role is written: its code, and its name in each language."""
    return frozenset({_plain(role)} | {_plain(translate(locale, f"role-{role}")) for locale in LOCALES})
