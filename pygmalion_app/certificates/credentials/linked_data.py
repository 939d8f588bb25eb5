"""What a JSON-LD document says, in the one spelling that is signed (RDF Dataset Canonicalization)."""

import json
import re
import secrets
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
Place: TypeAlias = tuple[str | int, ...]
"""The keys that lead to a value in a document."""
_FOLDER = Path(__file__).parent / "contexts"
# Unlike anything else that a document says.
_MARK = f"own-{secrets.token_hex(8)}-"
_FORMS = (
    (re.compile(r"urn:uuid:[0-9a-f-]{36}"), "urn:uuid:"),
    (re.compile(r"https://[A-Za-z0-9.:/_~#-]+"), "https://"),
    (re.compile(r"http://[A-Za-z0-9.:/_~#-]+"), "http://"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), ""),
)
# Whatever may be read as an address, an abbreviation of one or a keyword, and what N-Quads escape.
_PECULIAR = re.compile(r"[\"\\:@_<>]")
_GIVEN_NAME = re.compile(r"^_:c14n|(?<= )_:c14n(?=\d+ \.$)", re.MULTILINE)
# The library keeps contexts that it has read in a cache that knows nothing of threads.
_lock = Lock()


def canonical_statements(document: dict[str, Any], own: Sequence[Place] = ()) -> bytes:
    """Return a document's statements as canonical N-Quads. Blocking and CPU-bound: call it in a thread.

    `own` are the places of what differs between many documents of one form (texts and addresses): those are read but
    once, and one more of them costs a tenth. It never changes what is returned.
    Contexts come from this package's files; pyld's JsonLdError for any other, nothing is fetched.
    """
    with _lock:
        statements = _filled_in(document, own) if own else None
        return (statements or _normalized(document)).encode()


def _filled_in(document: dict[str, Any], own: Sequence[Place]) -> str | None:
    """Return the canonical statements by way of those of the document's form, None where that is not safe."""
    values = [str(_at(document, place)) for place in own]
    marks = [_mark(number, place, value) for number, (place, value) in enumerate(zip(own, values, strict=True))]
    form = json.loads(json.dumps(document))
    for place, mark in zip(own, marks, strict=True):
        _at(form, place[:-1])[place[-1]] = mark
    spelled = json.dumps(form, ensure_ascii=False, sort_keys=True)
    # Two nodes of one name would be one node, and what has to be escaped is spelled in more ways than one.
    alone = len(set(values)) == len(values) and not any(f'"{value}"' in spelled for value in values)
    if not alone or not all(mark and value.isprintable() for mark, value in zip(marks, values, strict=True)):
        return None
    statements = _statements_of_form(spelled)
    if len(statements.splitlines()) != statements.count("\n"):
        return None  # The library would take what other signs end a line for statements.
    for mark, value in zip(marks, values, strict=True):
        statements = statements.replace(f'"{mark}"', f'"{value}"').replace(f"<{mark}>", f"<{value}>")
    # Nodes without a name are given theirs by all that is said, so anew.
    return _normalized(statements, inputFormat="application/n-quads")


def _mark(number: int, place: Place, value: str) -> str:
    """Return what stands for a value in a document's form, an address for an address; empty where nothing can."""
    for pattern, prefix in _FORMS:
        if pattern.fullmatch(value):
            return f"{prefix}{_MARK}{number}"
    return "" if place[-1] == "id" or _PECULIAR.search(value) else f"{_MARK}{number}"


def _at(document: Any, place: Place) -> Any:
    for step in place:
        document = document[step]
    return document


@lru_cache(maxsize=64)
def _statements_of_form(spelled: str) -> str:
    # The library leaves names be that look like those it gives.
    return _GIVEN_NAME.sub("_:node", _normalized(json.loads(spelled)))


def _normalized(said: dict[str, Any] | str, **more: str) -> str:
    # Loaded when first needed, with the HTTP client that it never uses here: a fifth of a second.
    from pyld import jsonld  # pyright: ignore[reportMissingTypeStubs]

    options: Any = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load, **more}
    return str(jsonld.normalize(said, options))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


@cache
def _shipped() -> Callable[[str, Any], Any]:
    from pyld.documentloader.frozen import FrozenDocumentLoader  # pyright: ignore[reportMissingTypeStubs]

    return FrozenDocumentLoader(
        {CREDENTIALS_V2: _FOLDER / "credentials-v2.jsonld", OPEN_BADGES_3: _FOLDER / "open-badges-3.0.3.jsonld"}
    )


def _load(url: str, options: dict[str, Any]) -> dict[str, Any]:
    """Hand out contexts as never changing: each is then read once a process (5 ms a document, not 17)."""
    return {**_shipped()(url, options), "tag": "static"}
