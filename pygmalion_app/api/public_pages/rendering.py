"""Heads and bodies from precompiled templates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from pygmalion_app.api.public_pages.kept import keep
from pygmalion_app.api.public_pages.shell import page_script, shell
from pygmalion_app.catalog import presentation
from pygmalion_app.core import i18n
from pygmalion_app.core.addresses import address, pattern
from pygmalion_app.core.unit_of_work import container

DESCRIPTION_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Head:
    """What search engines and social networks read of a page."""

    title: str
    description: str
    alternates: Mapping[str, str]
    """Path of the page in each language."""
    canonical: str
    """Path that stands for this page, its filters dropped."""
    data: tuple[Mapping[str, Any], ...] = ()
    """schema.org objects."""
    kind: str = "website"
    indexed: bool = True


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("pygmalion_app.api.public_pages"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["address"] = address
    return environment.get_template(name)


@cache
def _texts(locale: str) -> dict[str, Any]:
    return {"locale": locale, "other": "en" if locale == "fr" else "fr", "t": partial(_say, locale), "p": presentation}


def _say(locale: str, key: str, **arguments: object) -> str:
    return i18n.translate(locale, key, **arguments) if arguments else presentation.text(locale, key)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is to show, and the data that it is made of."""

    name: str
    made_of: tuple[Any, ...]
    head: Callable[[], Head]
    values: Callable[[], Mapping[str, Any]]


def answer(request: Request, locale: str, page: Page) -> Response:
    """Return a page of the site: its head, its readable body, and the application around them."""
    made_of = (shell().build, page.name, locale, *page.made_of)
    return keep(made_of, lambda: _whole(locale, page.name, page.name, page.head(), page.values())).answer(request)


def missing(locale: str, page: str, title: str, text: str) -> Response:
    """Return the page that says there is no such thing, with status 404 and out of search engines."""
    head = Head(
        title=presentation.text(locale, title),
        description=presentation.text(locale, text),
        alternates={code: address("catalog", code) for code in i18n.LOCALES},
        canonical=address("catalog", locale),
        indexed=False,
    )
    return Response(_whole(locale, page, "missing", head, {}), 404, {"Cache-Control": "no-cache"}, "text/html")


def _whole(locale: str, page: str, template: str, head: Head, values: Mapping[str, Any]) -> str:
    texts = _texts(locale)
    tags = _template("head.html").render(
        **texts,
        head=head,
        base=container().settings.base_url,
        data=[_json(one) for one in head.data],
        script=Markup(page_script(pattern(page, locale))),  # noqa: S704 - our own file names
    )
    return shell().page(locale, tags, _template(f"{template}.html").render(**texts, head=head, page=page, **values))


def _json(value: Mapping[str, Any]) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    text = msgspec.json.encode({"@context": "https://schema.org", **value}).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - escaped here


def short(text: str, limit: int = DESCRIPTION_LENGTH) -> str:
    """Return the beginning of a text, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0] + "…"
