"""What an inspection answers; shared by the process that asks and the one that looks."""

from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 10_000_000
"""The largest document accepted."""
MAX_LOGO_BYTES = 500_000
MAX_PAGES = 40
MAX_PIXELS = 50_000_000
"""The largest picture accepted: phones of today take 48 to 50 million pixels by default."""


class Fault(StrEnum):
    """Why a file is refused."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    UNKNOWN_TYPE = "unknown_type"
    """Neither PDF nor JPEG nor PNG, whatever its name says."""
    DAMAGED = "damaged"
    DISGUISED = "disguised"
    """It is something else as well: an archive, a page, a program."""
    ENCRYPTED = "encrypted"
    ACTIVE_CONTENT = "active_content"
    """A PDF with scripts, actions that start something, or files inside."""
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"


class RefusedError(Exception):
    """A file is refused, and why."""

    def __init__(self, fault: Fault) -> None:
        """Keep the reason."""
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as it is kept: a PDF as it came, a picture redrawn without anything beside its pixels."""

    media_type: str
    pages: int
    content: bytes
