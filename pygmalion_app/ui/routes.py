"""Pages exist once per language: `@page` registers a page function under both its addresses."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeAlias

import reflex as rx

from pygmalion_app.core.addresses import pattern
from pygmalion_app.ui.i18n import LANGS, Lang
from pygmalion_app.ui.viewer import Viewer

PageFunction: TypeAlias = Callable[[Lang], rx.Component]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page as registered, before it is compiled in each language."""

    name: str
    function: PageFunction
    title: str | rx.Var[str]
    on_load: tuple[Any, ...]


PAGES: dict[str, PageSpec] = {}


def page(
    name: str, *, title: str | rx.Var[str], on_load: Any | Sequence[Any] = ()
) -> Callable[[PageFunction], PageFunction]:
    """Register a page under the addresses that `core.addresses` gives its name.

    `title` is a message key, or the state var of a page whose title its data gives. `on_load` handlers run on every
    visit, after the viewer (who is looking) is known.
    """
    handlers = tuple(on_load) if isinstance(on_load, list | tuple) else (on_load,)

    def register(function: PageFunction) -> PageFunction:
        PAGES[name] = PageSpec(name, function, title, handlers)
        return function

    return register


def add_pages(app: rx.App) -> None:
    """Add every registered page in every language, each knowing its address in the other."""
    for spec in PAGES.values():
        for lang in LANGS:
            _add(app, spec, lang)


def _add(app: rx.App, spec: PageSpec, lang: Lang) -> None:
    def component() -> rx.Component:
        return spec.function(lang)

    route = pattern(spec.name, lang.code)
    component.__name__ = f"{spec.name}_{lang.code}".replace("-", "_")
    # Reflex puts the parts of a page into a script named after the module of its function: one script a page and
    # language, instead of all pages' parts in this module's.
    component.__module__ = f"{spec.function.__module__}_{lang.code}"
    # It looks for the module's file again at every part, on the whole of sys.path, unless the module is loaded.
    sys.modules.setdefault(component.__module__, ModuleType(component.__module__))
    app.add_page(
        component,
        route=route,
        title=f"{lang(spec.title)} · Pygmalion" if isinstance(spec.title, str) else spec.title,
        image="/brand/og.png",
        on_load=[Viewer.load, *spec.on_load],
    )
