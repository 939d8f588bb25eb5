"""What the profession asks of each kind of work, by kind of company: `data/roles_matrix.csv`."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "data" / "roles_matrix.csv"
PROFESSIONS: Final = {
    "aerodrome": "Exploitant d'aérodrome",
    "handling": "Assistant en escale",
    "security": "Société de sûreté",
    "cargo": "Agent habilité fret",
    "airline": "Compagnie",
    "maintenance": "Atelier Part-145",
    "catering": "Commissariat/avitaillement",
    "shops": "Commerce d'aérogare",
}
"""Key -> the kind of company as the file names it; people read `profession-<key>`."""


@cache
def matrix() -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """Return, by profession key and job role, what is required: each entry lists course types, any of which will do."""
    keys = {name: key for key, name in PROFESSIONS.items()}
    found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {key: {} for key in PROFESSIONS}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            required = tuple(tuple(entry.split("/")) for entry in row["requis"].split("|"))
            found[keys[row["entreprise"]]][row["metier"]] = required
    return found
