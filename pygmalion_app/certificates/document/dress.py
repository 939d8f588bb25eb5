"""How an organisation's documents look: its logo and its colour."""

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygmalion_app.certificates.document.models import CertificateTemplate

ACCENT = "#b03a08"
"""The accent of who chose none."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What a document takes from its organisation's template beside words; the plain one has the platform's colour."""

    accent: str = ACCENT
    logo: bytes | None = None
    logo_format: str = ""

    @classmethod
    def of(cls, template: "CertificateTemplate | None") -> "Dress":
        """Return a template's dress; the plain one where there is no template."""
        if template is None:
            return cls()
        return cls(template.accent, template.logo, template.logo_format or "")

    @property
    def logo_svg(self) -> str:
        """The logo as SVG, which is how the typesetter is handed pictures; empty for none."""
        if self.logo is None:
            return ""
        if self.logo_format == "svg":
            return self.logo.decode()
        width, height = png_size(self.logo)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}"'
            f' height="{height}" href="data:image/png;base64,{b64encode(self.logo).decode()}"/></svg>'
        )


def png_size(png: bytes) -> tuple[int, int]:
    """Return a PNG's width and height in pixels, as its header has them."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
