"""What a browser sends with a form, taken with care: types are not enforced on the way in."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from pygmalion_app.core.ids import parse_id

_LONGEST = 20_000


def text_of(form: Mapping[str, Any], name: str, longest: int = _LONGEST) -> str:
    """Return a field's text; anything else than a text counts as empty."""
    value = form.get(name)
    return value.strip()[:longest] if isinstance(value, str) else ""


def fields_at_fault(error: ValidationError) -> tuple[str, ...]:
    """Return the names of the fields that a command refused, in the command's own spelling, each once."""
    names = {field_name(str(problem["loc"][0])): None for problem in error.errors() if problem["loc"]}
    return tuple(names)


def field_name(name: str) -> str:
    """Return the form's name of a field that a command or an error calls by its JSON name."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def id_in_path(path: str) -> UUID | None:
    """Return the id at the end of a page's address, or None: people edit addresses."""
    return parse_id(path.rstrip("/").rsplit("/", maxsplit=1)[-1])
