"""PDF documents: well-formed, nothing before or after them, not encrypted, and nothing in them that acts.

They are kept as they came: a company's extract may bear an electronic signature, which any change would break.
"""

import io
import re
from typing import Any

import pikepdf

from pygmalion_app.kyc.inspection.signatures import ends_as_archive, has_markup, is_something_else
from pygmalion_app.kyc.inspection.verdict import MAX_PAGES, Clean, Fault, RefusedError

MAGIC = b"%PDF-"
MEDIA_TYPE = "application/pdf"
_END = b"%%EOF"
_HEAD = 1024
_RENDERED_WIDTH = 1400
_DEEPEST = 60

_ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/RichMediaSettings", "/AA"}
)
_ACTIVE_NAMES = frozenset(
    {
        "/JavaScript", "/Launch", "/EmbeddedFile", "/Filespec", "/FileAttachment", "/RichMedia", "/ImportData",
        "/SubmitForm", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound", "/Screen", "/3D",
    }
)  # fmt: skip
_NAMED_BY = ("/S", "/Type", "/Subtype")
# Names may be written with #xx escapes; only long ones, which do not occur in compressed data by chance.
_RAW = re.compile(rb"/(?:JavaScript|EmbeddedFiles?|RichMedia|ImportData|SubmitForm)\b")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def inspect(content: bytes) -> Clean:
    """Return the document as it is kept; RefusedError otherwise."""
    _require_nothing_around(content)
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise RefusedError(Fault.ENCRYPTED)
            pages = len(document.pages)
            _require_passive(document)
    except pikepdf.PasswordError:
        raise RefusedError(Fault.ENCRYPTED) from None
    except pikepdf.PdfError:
        raise RefusedError(Fault.DAMAGED) from None
    if not pages:
        raise RefusedError(Fault.DAMAGED)
    if pages > MAX_PAGES:
        raise RefusedError(Fault.TOO_MANY_PAGES)
    _require_passive_bytes(content)
    return Clean(MEDIA_TYPE, pages, content)


def render(content: bytes, page: int) -> bytes:
    """Return a page (counted from 1) as a JPEG picture; RefusedError(DAMAGED) when there is none."""
    # Forms are not set up and this build of PDFium has no script engine: only what is drawn is drawn.
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    try:
        document: Any = pypdfium2.PdfDocument(content)
        if not 1 <= page <= len(document):
            raise RefusedError(Fault.DAMAGED)
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(_RENDERED_WIDTH / max(width, 1), 2 * _RENDERED_WIDTH / max(height, 1), 4)
        picture = sheet.render(scale=scale, draw_annots=True).to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        raise RefusedError(Fault.DAMAGED) from None
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _require_nothing_around(content: bytes) -> None:
    end = content.rfind(_END)
    if end < 0:
        raise RefusedError(Fault.DAMAGED)
    after = content[end + len(_END) :].strip(b"\r\n\t \x00")
    if ends_as_archive(content) or is_something_else(after) or has_markup(content[:_HEAD]):
        raise RefusedError(Fault.DISGUISED)
    if after:
        raise RefusedError(Fault.DAMAGED)


def _require_passive(document: pikepdf.Pdf) -> None:
    """Look at every object, those in compressed object streams and those that nothing refers to included."""
    trailer: Any = document.trailer
    for found in (trailer, *document.objects):
        _look(found, 0)


def _look(found: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise RefusedError(Fault.DAMAGED)
    if isinstance(found, pikepdf.Stream):
        found = found.stream_dict
    if isinstance(found, pikepdf.Dictionary):
        for key, value in found.items():
            if key in _ACTIVE_KEYS or (key in _NAMED_BY and str(value) in _ACTIVE_NAMES):
                raise RefusedError(Fault.ACTIVE_CONTENT)
            _look_inside(value, depth)
    elif isinstance(found, pikepdf.Array):
        for value in list(found):
            _look_inside(value, depth)


def _look_inside(value: Any, depth: int) -> None:
    # Indirect objects are looked at by themselves; following them could go round in circles.
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        _look(value, depth + 1)


def _require_passive_bytes(content: bytes) -> None:
    """Refuse what the parser did not reach: superseded revisions of a document that was changed after its making."""
    spelled = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)
    if _RAW.search(spelled):
        raise RefusedError(Fault.ACTIVE_CONTENT)
