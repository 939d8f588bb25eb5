# ruff: noqa: E501, PLR2004 - drawings are long lines
"""Draw the approach over the home page's headline: a runway ahead, its threshold bars, its approach path lights."""

from pathlib import Path

BRAND = Path(__file__).parent.parent.parent / "assets" / "brand"
WIDTH, HEIGHT, HORIZON, MIDDLE = 640, 560, 60, 380
GROUND, EDGE, MARK, SIGNAL, PAPER = "#0d1e3d", "#2a406a", "#3d5688", "#ff6a2b", "#f6f3ea"


def across(depth: float, share: float) -> tuple[float, float]:
    """Return the point at a depth (0 far, 1 near) and a share of the runway's half width (-1 left, 1 right)."""
    return MIDDLE + share * (14 + 286 * depth**1.25), HORIZON + (HEIGHT - HORIZON) * depth


def quad(near: float, far: float, left: float, right: float, fill: str) -> str:
    """Return a patch of the runway's surface."""
    corners = (across(far, left), across(far, right), across(near, right), across(near, left))
    return f'<path d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in corners)}Z" fill="{fill}"/>'


def main() -> None:
    """Write the drawing."""
    parts = [quad(1, 0, -1, 1, GROUND)]
    parts += [
        f'<path d="M{across(0, side)[0]:.1f} {across(0, side)[1]}L{across(1, side)[0]:.1f} {HEIGHT}" stroke="{EDGE}" stroke-width="2"/>'
        for side in (-1, 1)
    ]
    for number in range(4):
        left = 0.14 + number * 0.2
        parts += [quad(0.93, 0.72, left, left + 0.12, MARK), quad(0.93, 0.72, -left - 0.12, -left, MARK)]
    parts += [
        quad(near, near - 0.05 * near, -0.03, 0.03, MARK)
        for near in (0.62, 0.53, 0.45, 0.38, 0.32, 0.27, 0.225, 0.185, 0.15, 0.12)
    ]
    parts += [quad(0.47, 0.41, side * 0.34 - 0.1, side * 0.34 + 0.1, MARK) for side in (-1, 1)]
    for side in (-1, 1):
        for step in range(1, 14):
            x, y = across((step / 13) ** 1.7, side * 1.06)
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{1 + step / 7:.1f}" fill="{PAPER}" opacity="{0.35 + step / 26:.2f}"/>'
            )
    for number in range(4):
        x, y = across(0.46, -1.5 - number * 0.22)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{SIGNAL if number < 2 else PAPER}"/>')
    parts.append(f'<path d="M0 {HORIZON}H{WIDTH}" stroke="{EDGE}"/>')
    (BRAND / "approach.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none">{"".join(parts)}</svg>\n'
    )


if __name__ == "__main__":
    main()
