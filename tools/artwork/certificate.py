# ruff: noqa: E501, PLR2004, S311 - drawings are long lines and pretty chance
"""Draw the certificate of the home page, and the picture that social networks show for a link."""

import random
from pathlib import Path

BRAND = Path(__file__).parent.parent.parent / "assets" / "brand"
NIGHT, PAPER, SIGNAL, LINE, GREY, OK = "#0a1831", "#faf9f5", "#ff6a2b", "#dedacd", "#9aa3b3", "#1fa35c"
MODULES = 21


def code(x: float, y: float, size: float) -> str:
    """Return what looks like a QR code (it says nothing: it is a drawing)."""
    seed, cell, parts = random.Random(7), size / MODULES, []
    for row in range(MODULES):
        for column in range(MODULES):
            corner = any(
                r <= row < r + 7 and c <= column < c + 7 for r, c in ((0, 0), (0, MODULES - 7), (MODULES - 7, 0))
            )
            if corner:
                r, c = row % (MODULES - 7), column % (MODULES - 7)
                dark = r in {0, 6} or c in {0, 6} or (2 <= r <= 4 and 2 <= c <= 4)
            else:
                dark = seed.random() < 0.48
            if dark:
                parts.append(f"M{x + column * cell:.1f} {y + row * cell:.1f}h{cell:.2f}v{cell:.2f}h-{cell:.2f}z")
    return f'<path d="{"".join(parts)}" fill="{NIGHT}"/>'


def bar(x: float, y: float, width: float, fill: str = LINE, height: float = 8) -> str:
    """Return a line of text as a bar."""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="2" fill="{fill}"/>'


def main() -> None:
    """Write the drawing."""
    threshold = "".join(f'<rect x="{48 + k * 14}" y="48" width="7" height="34" fill="{NIGHT}"/>' for k in range(4))
    ticks = "".join(f'<path d="M{40 + k * 8} 292v{-10 if k % 5 == 0 else -5}" stroke="{GREY}"/>' for k in range(51))
    chain = "".join(
        f'<rect x="{284 + k * 44}" y="236" width="30" height="22" rx="3" fill="none" stroke="{SIGNAL if k == 3 else GREY}" stroke-width="2"/>'
        + (f'<path d="M{314 + k * 44} 247h14" stroke="{GREY}" stroke-width="2"/>' if k < 3 else "")
        for k in range(4)
    )
    (BRAND / "certificate.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320"><rect x="9" y="9" width="462" height="302" rx="10" fill="{PAPER}" stroke="{LINE}" stroke-width="2"/>'
        f'{threshold}<rect x="104" y="54" width="7" height="20" fill="{SIGNAL}"/>{bar(48, 108, 190, NIGHT, 14)}{bar(48, 136, 140)}'
        f"{bar(48, 172, 90)}{bar(48, 190, 150)}{bar(48, 208, 120)}{code(316, 48, 120)}"
        f'<rect x="48" y="238" width="96" height="26" rx="4" fill="#e2f2e8"/><rect x="58" y="244" width="6" height="14" rx="2" fill="{OK}"/>{bar(74, 247, 56, "#13693a")}'
        f"{chain}{ticks}</svg>\n"
    )


if __name__ == "__main__":
    main()
