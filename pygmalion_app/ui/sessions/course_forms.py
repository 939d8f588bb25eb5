"""What a training organisation types about a course: read into a command, or, half typed, as far as it goes."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from pygmalion_app.catalog.commands import CreateCourse, UpdateCourse
from pygmalion_app.catalog.models import BpfObjective, Category, Course, Modality
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.sessions.plan_forms import read_cents, read_whole

_MINUTES: Final = 60
LINES: Final = (
    "title", "title_en", "description", "description_en", "prerequisites", "prerequisites_en", "methods",
    "methods_en", "evaluation", "evaluation_en", "accessibility", "accessibility_en", "bring", "legal_basis",
)  # fmt: skip
"""Fields that are texts in the form and in the course alike."""
LISTS: Final = ("objectives", "objectives_en")
"""One item a line in the form."""
CHOICES: Final = ("type_code", "category", "language", "nsf_code", "bpf_objective")
AMOUNTS: Final = ("hours", "minutes", "price", "validity_months")
NAMES: Final = (*LINES, *LISTS, *CHOICES, *AMOUNTS, *(f"modality-{one.value}" for one in Modality))
NSF: Final = ("253", "311", "344", "315", "333", "128", "")
"""Specialities that aviation's courses belong to; empty is not said."""


def create(form: Mapping[str, Any]) -> CreateCourse:
    """Return the draft that a form describes; InvalidInputError or ValidationError names the field at fault."""
    return CreateCourse(**_fields(form))


def update(form: Mapping[str, Any]) -> UpdateCourse:
    """Return the changes that a form describes; raises as `create`."""
    return UpdateCourse(**_fields(form))


def sketch(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return a course's columns as far as they can be read: what is half typed counts as not there yet."""
    found: dict[str, Any] = {name: text_of(form, name) for name in (*LINES, *CHOICES)}
    found |= {name: _lines(form, name) for name in LISTS}
    found |= {"type_code": found["type_code"] or None, "modalities": _modalities(form)}
    found |= {"duration_minutes": 0, "price_cents": 0, "validity_months": None}
    with suppress(InvalidInputError):
        found["duration_minutes"] = _minutes(form)
    with suppress(InvalidInputError):
        found["price_cents"] = read_cents(text_of(form, "price"), "price")
    with suppress(InvalidInputError):
        found["validity_months"] = read_whole(form, "validity_months") or None
    return found


def written(course: Course) -> dict[str, str]:
    """Return a course as the form shows it."""
    hours, minutes = divmod(course.duration_minutes, _MINUTES)
    euros = f"{course.price_cents / 100:.2f}".removesuffix(".00").replace(".", ",")
    found = {name: getattr(course, name) or "" for name in (*LINES, *CHOICES)}
    found |= {name: "\n".join(getattr(course, name)) for name in LISTS}
    found |= {"hours": str(hours or ""), "minutes": str(minutes or ""), "price": euros if course.price_cents else ""}
    found |= {f"modality-{one}": "on" for one in course.modalities}
    return found | {"validity_months": str(course.validity_months or "")}


def empty() -> dict[str, str]:
    """Return the form of a course that is begun."""
    return {"category": Category.SECURITY.value, "language": "fr", f"modality-{Modality.PRESENTIEL.value}": "on"}


def _fields(form: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: text_of(form, name) for name in LINES}
    found |= {name: _lines(form, name) for name in LISTS}
    months = text_of(form, "validity_months")
    return found | {
        "type_code": text_of(form, "type_code", 60) or None,
        "category": _one_of(form, "category", Category),
        "modalities": [Modality(one) for one in _modalities(form)],
        "duration_minutes": _minutes(form),
        "price_cents": read_cents(text_of(form, "price"), "price"),
        "language": "en" if text_of(form, "language") == "en" else "fr",
        "validity_months": read_whole(form, "validity_months") if months else None,
        "nsf_code": text_of(form, "nsf_code"),
        "bpf_objective": _one_of(form, "bpf_objective", BpfObjective),
    }


def _lines(form: Mapping[str, Any], name: str) -> list[str]:
    return [line.strip(" \t-•*") for line in text_of(form, name).splitlines() if line.strip(" \t-•*")]


def _modalities(form: Mapping[str, Any]) -> list[str]:
    return [one.value for one in Modality if text_of(form, f"modality-{one.value}")]


def _minutes(form: Mapping[str, Any]) -> int:
    return read_whole(form, "hours") * _MINUTES + read_whole(form, "minutes")


def _one_of(form: Mapping[str, Any], name: str, kind: type[Category] | type[BpfObjective]) -> str:
    value = text_of(form, name)
    if value not in {one.value for one in kind}:
        raise InvalidInputError(field=name)
    return value
