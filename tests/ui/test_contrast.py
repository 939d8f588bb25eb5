"""Colours meet WCAG 2.1 AA in both modes: 4.5 to 1 for text, 3 to 1 for the edges of controls."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "assets" / "styles" / "tokens.css").read_text()
TEXT = 4.5
EDGE = 3.0


def _block(start: str) -> dict[str, str]:
    body = TOKENS.split(start, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body))


LIGHT = _block(":root {")
DARK = LIGHT | _block(":root.dark {")
PAIRS = [
    *[
        (ink, ground, TEXT)
        for ink in ("ink", "ink-2", "ink-3", "signal-ink")
        for ground in ("paper", "surface", "sunken")
    ],
    *[(ink, ground, TEXT) for ink in ("on-night", "on-night-2", "signal") for ground in ("night", "night-2")],
    ("on-signal", "signal", TEXT),
    ("on-signal", "signal-hover", TEXT),
    *[(tone, f"{tone}-ground", TEXT) for tone in ("ok", "warn", "bad", "info", "idle")],
    *[(tone, "surface", TEXT) for tone in ("ok", "warn", "bad", "info")],
    *[("ink", f"{tone}-ground", TEXT) for tone in ("ok", "warn", "bad", "info", "idle")],
    *[("edge", ground, EDGE) for ground in ("paper", "surface", "sunken")],
    ("info-lamp", "paper", EDGE),
]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS, ids=str)
def test_contrast(mode: dict[str, str], ink: str, ground: str, least: float) -> None:
    assert contrast(mode[ink], mode[ground]) >= least


def test_the_systems_dark_mode_is_the_chosen_one() -> None:
    """The list stands twice in the style sheet: for the reader's choice and for the system's."""
    system = TOKENS.split(":root:not(.light) {", 1)[1].split("}", 1)[0]
    chosen = TOKENS.split(":root.dark {", 1)[1].split("}", 1)[0]
    assert " ".join(system.split()) == " ".join(chosen.split())
