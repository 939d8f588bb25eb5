"""The typesetter of every document: a template (typst) and its words in, PDF or a picture of a page out."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

ACCESSIBLE: Final = ("a-2a", "ua-1")
"""PDF/A-2a and PDF/UA-1: kept for years, and read aloud."""
_APPLICATION: Final = Path(__file__).parent.parent
_FONTS: Final = _APPLICATION / "certificates" / "document" / "fonts"
_CJK_FONTS: Final = _FONTS.with_name("fonts-cjk")
_CJK = re.compile("[\u3000-\u30ff\u31f0-\u31ff\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020bb7]")
"""What the font in that folder shows: letters of Chinese, Japanese and Korean names."""
_WORDMARK: Final = _APPLICATION.parent / "assets" / "brand" / "wordmark-light.svg"
_MAX_UNDISPLAYABLE: Final = 64
_UNDISPLAYABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
# One compiler a template keeps its fonts and layout cache warm: 3 ms a document instead of 250.
_lock = Lock()


class TypesettingError(ValueError):
    """A document cannot be set: what it is to show is not what its template expects."""


def typeset(
    template: Path,
    data: Mapping[str, Any],
    inputs: Mapping[str, str] | None = None,
    *,
    function: str = "",
    **options: Any,
) -> bytes:
    """Return a template's document, the same bytes for the same input.

    `data` reaches the template as JSON, `inputs` as they are; it finds no file outside its own folder. `options` are
    the compiler's (`format`, `pdf_standards`, `ppi`). Blocking and CPU-bound: call it in a thread.

    A template reads them in `sys.inputs`, or is a `function` that is called with the bytes of each. Whatever differs in
    `sys.inputs` has the whole document laid out anew, so that templates of which many are set are functions.
    """
    said = json.dumps(data, ensure_ascii=False)
    for _ in range(_MAX_UNDISPLAYABLE):
        try:
            with _lock:
                made = _compiled(template, function, said, inputs or {}, options)
        except typst.TypstError as error:
            # PDF/A refuses text that no font can show (a name in Thai): a square stands for it.
            missing = _UNDISPLAYABLE.search(str(error))
            if missing is None:
                raise TypesettingError(str(error)) from error
            said = said.replace(missing[1], "□")
            continue
        if isinstance(made, bytes):
            return made
        break
    message = "too many characters that no font can show, or more than one page where one was asked for"
    raise TypesettingError(message)


def pdf(template: Path, data: Mapping[str, Any], standards: tuple[str, ...] = ACCESSIBLE) -> bytes:
    """Return a template's PDF; see `typeset`."""
    return typeset(template, data, format="pdf", pdf_standards=list(standards))


@cache
def wordmark() -> str:
    """Return the platform's name as a drawing (SVG)."""
    return _WORDMARK.read_text(encoding="utf-8")


def _compiled(
    template: Path, function: str, data: str, inputs: Mapping[str, str], options: Mapping[str, Any]
) -> object:
    compiler = _compiler(template, cjk=_CJK.search(data) is not None)
    if not function:
        return compiler.compile(sys_inputs={"data": data, **inputs}, **options)
    named = "".join(f", {name}: {_bytes(value)}" for name, value in inputs.items())
    call = f'#import "{template.name}": {function}\n#{function}({_bytes(data)}{named})\n'
    return compiler.compile(call.encode(), **options)


def _bytes(text: str) -> str:
    """Return a text as typst's source spells it, as bytes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'bytes("{escaped}")'


@cache
def _compiler(template: Path, *, cjk: bool) -> typst.Compiler:
    """Return a template's compiler; one of its own knows the large font that few documents need."""
    fonts = [_FONTS, _CJK_FONTS] if cjk else [_FONTS]
    return typst.Compiler(template, root=template.parent, font_paths=fonts, ignore_system_fonts=True)
