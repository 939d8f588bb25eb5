"""What search engines may visit: robots.txt and the sitemap."""

from datetime import datetime
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pygmalion_app.catalog.pages import published_addresses
from pygmalion_app.core.addresses import ADDRESSES, INDEXED, address
from pygmalion_app.core.i18n import LOCALES
from pygmalion_app.core.unit_of_work import container

# They read one page when somebody shares its link, to show a preview, and keep no index.
_PREVIEWS = ("LinkedInBot", "Twitterbot", "facebookexternalhit", "Slackbot", "WhatsApp", "TelegramBot")


async def robots(request: Request) -> Response:
    """Keep robots off private pages, events and the API."""
    del request
    private = [
        f"Disallow: {path.split('[')[0]}"
        for name, paths in ADDRESSES.items()
        if name not in (*INDEXED, "verify-certificate")
        for path in paths.values()
    ]
    # A certificate belongs to the person it names: its page says noindex, and robots have no business there.
    certificates = [f"Disallow: {ADDRESSES['verify'][code]}/" for code in LOCALES]
    unserved = ["Disallow: /api/", "Disallow: /auth/"]
    lines = ["User-agent: *", *private, *certificates, "Disallow: /verify/", *unserved]
    # A holder who shares a certificate wants its picture beside the link.
    previews = [*(f"User-agent: {name}" for name in _PREVIEWS), *private, *unserved]
    sitemap_at = f"Sitemap: {container().settings.base_url}/sitemap.xml"
    return PlainTextResponse("\n".join([*dict.fromkeys(lines), "", *dict.fromkeys(previews), "", sitemap_at, ""]))


async def sitemap(request: Request) -> Response:
    """List every public page in both languages."""
    del request
    entries = [_entry(name, None) for name in ("home", "catalog", "verify")]
    entries += [_entry(kind, changed, slug=slug) for kind, slug, changed in await published_addresses()]
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(entries)}</urlset>\n'
    )
    return Response(xml, media_type="application/xml", headers={"Cache-Control": "public, max-age=600"})


def _entry(name: str, changed: datetime | None, **parameters: str) -> str:
    base = container().settings.base_url
    paths = {code: escape(base + address(name, code, **parameters)) for code in LOCALES}
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{path}"/>' for code, path in paths.items()
    )
    date = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
    return "".join(f"<url><loc>{path}</loc>{date}{alternates}</url>\n" for path in paths.values())


routes = [Route("/robots.txt", robots), Route("/sitemap.xml", sitemap)]
