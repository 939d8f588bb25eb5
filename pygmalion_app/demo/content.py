"""The demonstration's texts, read from the files beside this module."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pygmalion_app.compliance.professions import PROFESSIONS, matrix

DATA: Final = Path(__file__).parent / "data"

_CATEGORIES: Final = {
    "Sûreté": "SECURITY",
    "Marchandises dangereuses": "DGR",
    "Fret": "CARGO",
    "Aérodrome": "AERODROME",
    "Maintenance": "MAINTENANCE",
    "Équipages": "CREW",
    "Sécurité au travail": "WORKPLACE",
}
# Rule of the shared data -> anchor, months before the end in which a renewal keeps the date, months without practice.
_RULES: Final[dict[str, tuple[str, int, int | None]]] = {
    "DATE": ("date", 0, None),
    "FIN_DE_MOIS_M3": ("month_end", 3, None),
    "FIN_DE_MOIS_M12": ("month_end", 12, None),
    "MOIS_M3": ("month", 3, None),
    "SEMESTRE": ("semester", 0, None),
    "SAISON": ("season", 0, None),
    "AUCUNE": ("none", 0, None),
    "RECENCE_60": ("none", 0, 60),
}


@dataclass(frozen=True, slots=True)
class CourseType:
    """A course type of the shared data with its texts. Prices in whole euros excluding VAT."""

    code: str
    title: str
    category: str
    modalities: tuple[str, ...]
    duration_minutes: int
    price_min: int
    price_max: int
    validity_months: int | None
    validity_anchor: str
    window_months: int
    recency_months: int | None
    legal_basis: str
    provenance: str
    texts: dict[str, Any]

    def price_cents(self, position: int) -> int:
        """Return a price between the profession's lowest (0) and highest (100), rounded to ten euros."""
        euros = self.price_min + (self.price_max - self.price_min) * position / 100
        return round(euros / 10) * 1000


@cache
def course_types() -> dict[str, CourseType]:
    """Return every course type by code."""
    texts: dict[str, Any] = {}
    for path in sorted((DATA / "courses").glob("*.toml")):
        texts |= tomllib.loads(path.read_text(encoding="utf-8"))
    with (DATA / "courses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {row["code"]: _course_type(row, texts[row["code"]]) for row in rows}


def _course_type(row: dict[str, str], texts: dict[str, Any]) -> CourseType:
    anchor, window, recency = _RULES[row["regle_validite"]]
    return CourseType(
        code=row["code"],
        title=row["titre"],
        category=_CATEGORIES[row["categorie"]],
        modalities=tuple(row["modalite"].split("|")),
        duration_minutes=int(row["duree_min"]),
        price_min=int(row["prix_min_eur_ht"]),
        price_max=int(row["prix_max_eur_ht"]),
        validity_months=int(row["validite_mois"]) if row["validite_mois"] else None,
        validity_anchor=anchor,
        window_months=window,
        recency_months=recency,
        legal_basis=row["base_reglementaire"],
        provenance=row["provenance_validite"],
        texts=texts,
    )


@cache
def required_by_job() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the course codes that each (trade, job) requires; of alternatives, the first."""
    return {
        (PROFESSIONS[profession], job): tuple(codes[0] for codes in required)
        for profession, jobs in matrix().items()
        for job, required in jobs.items()
    }


@cache
def world() -> dict[str, Any]:
    """Return the organisations and the stock of names."""
    return tomllib.loads((DATA / "world.toml").read_text(encoding="utf-8"))


@cache
def opinions() -> dict[str, dict[str, list[str]]]:
    """Return the reviews' words by category and rating."""
    return tomllib.loads((DATA / "reviews.toml").read_text(encoding="utf-8"))
