"""Draw the mark (a P made of runway threshold bars) and the wordmark as outlines."""

import sys
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

BRAND = Path(__file__).parent.parent.parent / "assets" / "brand"
NIGHT, PAPER, SIGNAL = "#0a1831", "#f6f3ea", "#ff6a2b"
BARS = ((3, 3, 26), (10, 3, 17), (17, 3, 17))
"""x, y, height of the white bars; the last bar of the P is the signal."""


def mark(ink: str) -> str:
    """Return the mark on a 32 x 32 field."""
    bars = "".join(f'<rect x="{x}" y="{y}" width="5" height="{h}" fill="{ink}"/>' for x, y, h in BARS)
    return f'{bars}<rect x="24" y="6" width="5" height="11" fill="{SIGNAL}"/>'


def letters(font_path: str, text: str, size: float, left: float, baseline: float) -> str:
    """Return a word as one path in semi-bold, slightly extended Archivo."""
    font = instantiateVariableFont(TTFont(font_path), {"wght": 690, "wdth": 112})
    glyphs, cmap, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
    pen, x = SVGPathPen(glyphs, ntos=lambda v: f"{v:.2f}".rstrip("0").rstrip(".")), left
    for letter in text:
        glyph = glyphs[cmap[ord(letter)]]
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, baseline)))
        x += glyph.width * scale - size * 0.012
    return f"{pen.getCommands()}|{x:.0f}"


def windsock(name: str, turn: int) -> str:
    """Return a windsock on its mast, hanging or blown: what stands on empty and broken pages."""
    cloth = "".join(
        f'<path d="{d}" fill="{fill}" stroke="currentColor" stroke-width="2"/>'
        for d, fill in (
            ("M22 8L40 10V26L22 28Z", "var(--signal)"),
            ("M40 10L58 12V24L40 26Z", "none"),
            ("M58 12L76 14V22L58 24Z", "var(--signal)"),
        )
    )
    return (
        f'<symbol id="windsock-{name}" viewBox="0 0 96 90"><path d="M20 6V84M6 84H46" stroke="currentColor" '
        f'stroke-width="3" fill="none"/><g transform="rotate({turn} 22 18)">{cloth}</g></symbol>'
    )


def main(font_path: str) -> None:
    """Write the brand files."""
    path, width = letters(font_path, "Pygmalion", 26, 41, 25).split("|")
    for name, ink in (("light", NIGHT), ("dark", PAPER)):
        (BRAND / f"wordmark-{name}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 32" role="img" aria-label="Pygmalion">'
            f'{mark(ink)}<path d="{path}" fill="{ink}"/></svg>\n'
        )
    (BRAND / "brand.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg"><symbol id="wordmark" viewBox="0 0 {width} 32">'
        f'{mark("currentColor")}<path d="{path}" fill="currentColor"/></symbol>'
        f'<symbol id="mark" viewBox="0 0 32 32">{mark("currentColor")}</symbol>'
        f"{windsock('calm', 74)}{windsock('blown', 6)}</svg>\n"
    )
    (BRAND.parent / "favicon.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" '
        f'fill="{NIGHT}"/><g transform="translate(4.5 4.5) scale(.72)">{mark(PAPER)}</g></svg>\n'
    )


if __name__ == "__main__":
    main(sys.argv[1])
