"""Pack the icons we use into one sprite, so that an icon costs no JavaScript."""

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "assets" / "icons.svg"


def symbol(source: Path) -> str:
    """Return one icon file as a `<symbol>`; stroke and size come from the class `pg-icon`."""
    inner = re.sub(r"<!--.*?-->", "", source.read_text(), flags=re.DOTALL)
    body = re.search(r"<svg[^>]*>(.*)</svg>", inner, flags=re.DOTALL)
    if body is None:
        message = f"{source} is no icon"
        raise ValueError(message)
    shapes = re.sub(r"\s+", " ", body.group(1)).strip()
    return f'<symbol id="{source.stem}" viewBox="0 0 24 24">{shapes}</symbol>'


def main(folder: Path) -> None:
    """Write the sprite from a folder of SVG icons."""
    symbols = [symbol(folder / f"{name}.svg") for name in sorted((HERE / "icons.txt").read_text().split())]
    TARGET.write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
