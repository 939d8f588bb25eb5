"""What the browser must fetch before the catalogue can be used."""

import gzip
import json
import re
from pathlib import Path

from tests.servers import AppServer

LIMIT_BYTES = 200_000
CATALOG = "_fr_._formations_._index-"


def _imports(client: Path, name: str, seen: set[str]) -> set[str]:
    """Return a script and what it imports at once."""
    if name not in seen:
        seen.add(name)
        text = (client / "assets" / name).read_text()
        for found in re.findall(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""", text):
            _imports(client, found, seen)
    return seen


def test_neither_radix_nor_charts_are_installed(app_server: AppServer) -> None:
    package = json.loads((app_server.home / "web" / "package.json").read_text())
    names = set(package["dependencies"]) | set(package["devDependencies"])
    assert not {name for name in names if "radix" in name or "recharts" in name or "plotly" in name}


def test_the_catalogue_is_light(app_server: AppServer) -> None:
    client = app_server.home / "web" / "build" / "client"
    page = (client / "fr" / "formations" / "index.html").read_text()
    scripts = set(re.findall(r"/assets/([\w.-]+\.js)", page))
    assert any(name.startswith(CATALOG) for name in scripts)
    seen: set[str] = set()
    for name in scripts:
        _imports(client, name, seen)
    styles = set(re.findall(r"/assets/([\w.-]+\.css)", page))
    compressed = sum(len(gzip.compress((client / "assets" / name).read_bytes())) for name in seen | styles)
    assert compressed < LIMIT_BYTES, f"{compressed} bytes in {sorted(seen | styles)}"
    assert not any("chart" in name.lower() for name in seen)


def test_pages_stand_beside_their_routes_files(app_server: AppServer) -> None:
    # React Router takes what stands in a route's file to pieces: with the page in it a build takes twice as long.
    app = app_server.home / "web" / "app"
    routes, pages = (list((app / name).iterdir()) for name in ("routes", "pages"))
    assert {path.name for path in routes} == {path.name for path in pages}
    assert max(path.stat().st_size for path in routes) < 300
