"""A page's language, known when the page is compiled."""

from dataclasses import dataclass
from urllib.parse import unquote

import reflex as rx

from pygmalion_app.core import i18n
from pygmalion_app.core.addresses import pattern


@dataclass(frozen=True, slots=True)
class Lang:
    """One language as pages use it: `lang("catalog-title")` is the text of that key."""

    code: str

    def __call__(self, key: str, **arguments: object) -> str:
        """Return the message `key`; MissingMessageError (at compile time) for an unknown one."""
        return i18n.translate(self.code, key, **arguments)

    def path(self, name: str, **parameters: str | rx.Var[str]) -> str:
        """Return a page's address in this language; parameters may be state vars."""
        path = pattern(name, self.code)
        for key, value in parameters.items():
            path = path.replace(f"[{key}]", f"{value}")
        return path

    @property
    def other(self) -> "Lang":
        """The language that the switch leads to."""
        return EN if self.code == "fr" else FR


FR = Lang("fr")
EN = Lang("en")
LANGS = (FR, EN)


def last_part(path: str) -> str:
    """Return the last part of an address: the slug or id of a page with a parameter."""
    return unquote(path.rstrip("/").rsplit("/", 1)[-1])


def lang_of_path(path: str) -> Lang:
    """Return the language of an address: `/en/...` is English, everything else French."""
    return EN if path == "/en" or path.startswith("/en/") else FR
