"""The built application's empty page, cut open so that a head and a readable body can be put in.

React skips nodes that it does not know when it takes the page over; `assets/pg.js` removes ours once the application
shows the same content.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pygmalion_app.core.unit_of_work import container


@dataclass(frozen=True, slots=True)
class Shell:
    """The three pieces around head and body."""

    start: str
    middle: str
    end: str
    client: Path
    build: str
    """Digest of the page: another build makes other pages."""

    def page(self, locale: str, head: str, body: str) -> str:
        """Return a whole page."""
        start = self.start.replace('lang="fr"', f'lang="{locale}"', 1)
        return f'{start}{head}{self.middle}<div id="server-body" data-server>{body}</div>{self.end}'


@cache
def shell() -> Shell:
    """Read the built page once a process; FileNotFoundError before the front end is built."""
    client = container().settings.pygmalion_home / "web" / "build" / "client"
    page = (client / "404.html").read_text()
    start, rest = page.split("</head>", 1)
    before, end = rest.split("<body>", 1)
    return Shell(start, f"</head>{before}<body>", end, client, hashlib.sha256(page.encode()).hexdigest())


@cache
def page_script(pattern: str) -> str:
    """Return a tag that fetches a page's own script early, or nothing when the build names it otherwise."""
    # `/fr/formations/[slug]` is built as `_fr_._formations_.__slug_._index-<hash>.js`.
    stem = ".".join(f"_{part.replace('[', '_').replace(']', '')}_" for part in pattern.strip("/").split("/"))
    found = sorted((shell().client / "assets").glob(f"{stem}._index-*.js"))
    return f'<link rel="modulepreload" href="/assets/{found[0].name}">' if found else ""
