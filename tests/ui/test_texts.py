"""Both languages say the same things."""

import re
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, ast

from pygmalion_app.core.i18n import CATALOGUES, LOCALES

UI = Path(__file__).parents[2] / "pygmalion_app"


@cache
def _messages(locale: str) -> dict[str, set[str]]:
    """Return the variables of each message."""
    found: dict[str, set[str]] = {}
    for path in sorted((CATALOGUES / locale).glob("*.ftl")):
        resource = FluentParser().parse(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content}"  # pyright: ignore[reportAttributeAccessIssue]
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice in {locale}"
                found[entry.id.name] = _variables(entry)
    return found


def _variables(entry: ast.Message) -> set[str]:
    names: set[str] = set()

    def visit(node: object) -> None:
        if isinstance(node, ast.VariableReference):
            names.add(node.id.name)
        if isinstance(node, ast.BaseNode):
            for value in vars(node).values():
                for one in value if isinstance(value, list) else [value]:
                    visit(one)

    visit(entry)
    return names


def test_the_catalogues_match_message_by_message() -> None:
    french, english = (_messages(code) for code in LOCALES)
    assert french.keys() == english.keys()
    assert {key for key in french if french[key] != english[key]} == set()


def test_no_screen_is_built_on_radix() -> None:
    """One `rx.button` anywhere pulls Radix Themes into every page."""
    forbidden = re.compile(
        r"\brx\.(button|link|text|heading|box|flex|vstack|hstack|grid|card|badge|dialog|select|input|theme|table|tabs|callout|recharts)\b"
    )
    offenders = [str(path) for path in (UI / "ui").rglob("*.py") if forbidden.search(path.read_text())]
    assert offenders == []
