# ruff: noqa: E501, PERF401, S311 - drawings are long lines and pretty chance
"""Draw one motif per course category, six variants each: charts and instruments on night blue, one part lit in signal orange."""

import math
import random
from collections.abc import Callable
from pathlib import Path

TARGET = Path(__file__).parent.parent.parent / "assets" / "motifs"
WIDTH, HEIGHT, VARIANTS = 480, 240, 6
NIGHT, LINE, PALE, SIGNAL = "#0d1e3d", "#2f4877", "#c9d3e6", "#ff6a2b"
STEEL = "#7f93b8"


def line(x1: float, y1: float, x2: float, y2: float, colour: str = PALE, width: float = 1.5, more: str = "") -> str:
    """Return a straight line."""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="{width}" {more}/>'


def ring(x: float, y: float, r: float, colour: str = PALE, width: float = 1.5, more: str = "") -> str:
    """Return a circle without filling."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" stroke="{colour}" stroke-width="{width}" {more}/>'


def box(x: float, y: float, w: float, h: float, fill: str = "none", stroke: str = PALE, more: str = "") -> str:
    """Return a rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{fill}" stroke="{stroke}" {more}/>'


def polar(x: float, y: float, r: float, degrees: float) -> tuple[float, float]:
    """Return the point at a bearing (0 is up, clockwise)."""
    a = math.radians(degrees - 90)
    return x + r * math.cos(a), y + r * math.sin(a)


def grid(seed: random.Random) -> str:
    """Return the chart's graticule, with ticks on one parallel."""
    dx = seed.randrange(0, 40)
    lines = [line(x, 0, x, HEIGHT, LINE, 0.8) for x in range(dx, WIDTH, 60)]
    lines += [line(0, y, WIDTH, y, LINE, 0.8) for y in range(30, HEIGHT, 60)]
    lines += [line(x, 207, x, 213, LINE, 0.8) for x in range(dx % 12, WIDTH, 12)]
    return "".join(lines)


def security(seed: random.Random) -> str:
    """A scanner's sweep over bags, one of them marked."""
    marked = seed.randrange(5)
    parts = [line(0, 176, WIDTH, 176, STEEL, 2), line(0, 184, WIDTH, 184, STEEL, 1, 'stroke-dasharray="2 8"')]
    for n in range(5):
        x, (bw, bh) = 34 + n * 88, seed.choice(((58, 70), (70, 54), (48, 90), (64, 62)))
        colour = SIGNAL if n == marked else PALE
        parts.append(box(x, 176 - bh, bw, bh, "none", colour, 'rx="6" stroke-width="2"'))
        parts.append(f'<path d="M{x + bw / 2 - 10} {176 - bh}v-9h20v9" stroke="{colour}" stroke-width="2"/>')
        for k in range(1, 4):
            parts.append(
                line(x + 8, 176 - bh + k * bh / 4, x + bw - 8, 176 - bh + k * bh / 4, colour, 1, 'opacity=".45"')
            )
        if n == marked:
            left, top, right, low = x - 12, 176 - bh - 22, x + bw + 12, 188
            for cx, cy, sx, sy in ((left, top, 1, 1), (right, top, -1, 1), (left, low, 1, -1), (right, low, -1, -1)):
                parts.append(f'<path d="M{cx} {cy + 16 * sy}V{cy}H{cx + 16 * sx}" stroke="{SIGNAL}" stroke-width="3"/>')
    return "".join(parts)


def dgr(seed: random.Random) -> str:
    """The lozenges of hazard labels."""
    lit, parts = seed.randrange(1, 6), []
    for n in range(7):
        x, y, r = 0 + n * 80, 120 + (22 if n % 2 else -22), 62
        colour = SIGNAL if n == lit else PALE
        parts.append(
            f'<path d="M{x} {y - r}L{x + r} {y}L{x} {y + r}L{x - r} {y}Z" stroke="{colour}" stroke-width="2" fill="{NIGHT}"/>'
        )
        parts.append(
            f'<path d="M{x} {y - r + 9}L{x + r - 9} {y}L{x} {y + r - 9}L{x - r + 9} {y}Z" stroke="{colour}" stroke-width="1" opacity=".5"/>'
        )
        kind = (n + lit) % 3
        if n == lit:
            parts.append(
                f'<path d="M{x} {y - 32}c14 16 20 24 20 36a20 20 0 0 1-40 0c0-8 4-12 8-18 2 8 6 8 8 4 2-6 0-14 4-22z" fill="{SIGNAL}"/>'
            )
        elif kind == 0:
            parts += [
                line(x - r / 2 + 4 + k * 9, y + 4, x - r / 2 + 4 + k * 9, y + 34 - abs(k - 3) * 8, colour, 3)
                for k in range(7)
            ]
        elif kind == 1:
            parts += [ring(x, y - 6, 12, colour, 2), line(x - 24, y + 20, x + 24, y + 20, colour, 2)]
        else:
            parts += [
                box(x - 15, y - 14, 12, 26, "none", colour, 'stroke-width="2"'),
                box(x + 4, y - 14, 12, 26, "none", colour, 'stroke-width="2"'),
            ]
    return "".join(parts)


def cargo(seed: random.Random) -> str:
    """Unit load devices on the deck, seen from the side, with their cut corner."""
    lit, parts, x, n = seed.randrange(1, 5), [], -20.0, 0
    while x < WIDTH:
        w, h = seed.choice((84, 104, 124)), seed.choice((104, 120))
        colour = SIGNAL if n == lit else PALE
        y = 190 - h
        parts.append(
            f'<path d="M{x} {y}H{x + w}V{190 - 34}L{x + w - 22} 190H{x}Z" stroke="{colour}" stroke-width="2" fill="{NIGHT}"/>'
        )
        parts += [line(x + k, y, x + k, 190, colour, 1, 'opacity=".5"') for k in range(14, w - 20, 14)]
        parts.append(line(x, y + h / 2, x + w, y + h / 2, colour, 1.5))
        x, n = x + w + 10, n + 1
    parts.append(line(0, 198, WIDTH, 198, STEEL, 3))
    parts += [ring(x, 206, 4, STEEL, 2) for x in range(10, WIDTH, 24)]
    return "".join(parts)


def aerodrome(seed: random.Random) -> str:
    """A runway in plan with its threshold, number and the taxi line to it."""
    turn, number = seed.choice((-9, -4, 6)), seed.choice(("08", "26", "13"))
    bars = "".join(box(36, 77 + k * 11, 62, 6, PALE, "none") for k in range(8))
    centre = "".join(box(172 + k * 62, 117, 34, 5, PALE, "none") for k in range(7))
    aim = box(232, 88, 46, 14, PALE, "none") + box(232, 137, 46, 14, PALE, "none")
    text = (
        f'<text transform="translate(112 120) rotate(90)" text-anchor="middle" fill="{PALE}" '
        f'font-family="DejaVu Sans Mono, monospace" font-weight="700" font-size="40">{number}</text>'
    )
    taxi = f'<path d="M-40 250C80 240 120 210 150 170S190 119 250 119.500" stroke="{SIGNAL}" stroke-width="3.500"/>'
    runway = box(20, 66, 620, 106, "#0a1831", STEEL, 'stroke-width="1.5"')
    return f'<g transform="rotate({turn} 240 120)">{runway}{bars}{centre}{aim}{text}{taxi}</g>'


def maintenance(seed: random.Random) -> str:
    """A fan seen from the front, one blade under inspection."""
    x, y, parts = 240 + seed.choice((-80, 0, 90)), 124, []
    parts += [ring(x, y, 104, PALE, 2), ring(x, y, 112, STEEL, 1), ring(x, y, 24, PALE, 2)]
    lit = seed.randrange(22)
    for n in range(22):
        a = n * 360 / 22
        (x1, y1), (x2, y2), (cx, cy) = polar(x, y, 25, a), polar(x, y, 102, a + 22), polar(x, y, 68, a + 2)
        colour, width = (SIGNAL, 5) if n == lit else (PALE, 1.6)
        parts.append(
            f'<path d="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="{width}"/>'
        )
    parts.append(f'<path d="M{x - 8} {y + 6}a10 10 0 1 1 14-2" stroke="{PALE}" stroke-width="2"/>')
    for side in (-1, 1):
        parts += [
            line(x + side * 128, y - k * 24, x + side * (128 + (28 if k % 2 else 16)), y - k * 24, STEEL, 1.5)
            for k in range(-4, 5)
        ]
    return "".join(parts)


def crew(seed: random.Random) -> str:
    """An attitude indicator: horizon, pitch ladder, bank scale."""
    x, y, bank = 240 + seed.choice((-60, 0, 70)), 128, seed.choice((-14, 9, 18))
    ladder = "".join(
        line(x - w, y - k * 20, x + w, y - k * 20, PALE, 1.5)
        for k in (-4, -3, -2, -1, 1, 2, 3, 4)
        for w in ([44] if k % 2 == 0 else [20])
    )
    ground = f'<path d="M-300 {y}H800V600H-300Z" fill="#16305e"/>{line(-300, y, 800, y, PALE, 2.5)}'
    ticks = ""
    for a in (-60, -45, -30, -20, -10, 0, 10, 20, 30, 45, 60):
        (x1, y1), (x2, y2) = polar(x, y, 100, a), polar(x, y, 112 if a % 30 == 0 else 107, a)
        ticks += line(x1, y1, x2, y2, PALE, 2)
    aircraft = (
        f'<path d="M{x - 78} {y}h44l12 14h0M{x + 78} {y}h-44l-12 14" stroke="{SIGNAL}" stroke-width="5"/>'
        f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" fill="{SIGNAL}"/>'
    )
    return f'<g transform="rotate({bank} {x} {y})">{ground}{ladder}</g>{ticks}{aircraft}'


def workplace(seed: random.Random) -> str:
    """High-visibility bands and the cone of a windsock."""
    tilt, parts = seed.choice((-8, 4, 12)), []
    for k in range(-2, 9):
        x = k * 66
        parts.append(f'<path d="M{x} {HEIGHT}L{x + 70} 168H{x + 100}L{x + 30} {HEIGHT}Z" fill="{LINE}"/>')
    parts += [line(0, 168, WIDTH, 168, STEEL, 1.5), line(96, 168, 96, 34, PALE, 3)]
    sock = ""
    for k in range(5):
        x1, x2 = 100 + k * 52, 100 + (k + 1) * 52
        h1, h2 = 32 - k * 4, 32 - (k + 1) * 4
        fill = SIGNAL if k % 2 == 0 else PALE
        sock += f'<path d="M{x1} {60 - h1}L{x2} {60 - h2}V{60 + h2}L{x1} {60 + h1}Z" fill="{fill}"/>'
    parts.append(f'<g transform="rotate({tilt} 100 60)">{sock}</g>')
    return "".join(parts)


DRAWINGS: dict[str, Callable[[random.Random], str]] = {
    "security": security,
    "dgr": dgr,
    "cargo": cargo,
    "aerodrome": aerodrome,
    "maintenance": maintenance,
    "crew": crew,
    "workplace": workplace,
}


def main() -> None:
    """Write every drawing."""
    for name, draw in DRAWINGS.items():
        for variant in range(VARIANTS):
            seed = random.Random(f"{name}-{variant}")
            (TARGET / f"{name}-{variant}.svg").write_text(
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" '
                f'preserveAspectRatio="xMidYMid slice"><rect width="{WIDTH}" height="{HEIGHT}" fill="{NIGHT}"/>'
                f"{grid(seed)}{draw(seed)}</svg>\n"
            )


if __name__ == "__main__":
    main()
