"""Bases of the schemas that services take and give."""

from pydantic import BaseModel, ConfigDict, field_validator
from pydantic.alias_generators import to_camel


class View(BaseModel):
    """A frozen result: snake_case in Python, camelCase in JSON."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class Command(BaseModel):
    """A validated input; unknown fields are refused so that a typo is not silently lost."""

    model_config = ConfigDict(
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        str_strip_whitespace=True,
        str_max_length=20_000,
    )

    @field_validator("*")
    @classmethod
    def _no_nul(cls, value: object) -> object:
        """Refuse the one character that PostgreSQL cannot store."""
        if isinstance(value, str) and "\x00" in value:
            message = "must not contain NUL characters"
            raise ValueError(message)
        return value
