"""Both languages say the same things: keys, variables, and every key that the code names."""

import re
from datetime import UTC, datetime
from functools import cache

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast

from pygmalion_app.core.i18n import (
    CATALOGUES,
    MissingMessageError,
    format_days,
    format_duration,
    format_money,
    sources,
    translate,
)

PACKAGE = CATALOGUES.parent


@cache
def messages(locale: str) -> dict[str, set[str]]:
    """Return each message's variables."""
    found: dict[str, set[str]] = {}
    for path in sorted((CATALOGUES / locale).glob("*.ftl")):
        resource = FluentParser().parse(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                found[entry.id.name] = set(re.findall(r"\$(\w+)", FluentSerializer().serialize_entry(entry)))
    return found


def test_both_languages_have_the_same_messages_with_the_same_variables() -> None:
    french, english = messages("fr"), messages("en")
    assert french.keys() == english.keys(), sorted(french.keys() ^ english.keys())
    for key, variables in french.items():
        assert variables == english[key], key


def test_every_error_code_has_its_words() -> None:
    known = messages("fr")
    codes = set()
    for path in PACKAGE.rglob("*.py"):
        codes |= set(re.findall(r'^    code(?:: ClassVar\[str\])? = "(\w+)"', path.read_text(), re.MULTILINE))
    missing = [key for code in codes for key in (f"error-{code}", f"error-{code}-title") if key not in known]
    assert codes
    assert not missing, sorted(missing)


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_each_message_is_found_in_its_file_as_a_parser_finds_it(locale: str) -> None:
    assert {name for name in sources(locale) if not name.startswith("-")} == messages(locale).keys()


def test_unknown_message_is_an_error() -> None:
    with pytest.raises(MissingMessageError):
        translate("fr", "no-such-message")


@pytest.mark.parametrize(
    ("locale", "cents", "shown"),
    [("fr", 95_000, "950\xa0€"), ("fr", 123_450, "1\u202f234,50\xa0€"), ("en", 95_000, "€950"), ("en", 5, "€0.05")],
)
def test_money(locale: str, cents: int, shown: str) -> None:
    assert format_money(locale, cents) == shown


def test_days_are_those_of_the_place_not_of_the_server() -> None:
    start, end = datetime(2026, 9, 14, 22, tzinfo=UTC), datetime(2026, 9, 15, 12, tzinfo=UTC)
    assert format_days("fr", start, end, "Indian/Reunion") == "15 sept. 2026"
    assert format_duration("fr", 210) == "3\xa0h\xa030"
