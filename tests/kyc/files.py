"""Documents for the tests: good ones, and each kind of bad one."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **saving: Any) -> bytes:
    """Return a PDF of blank pages, changed as asked."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(300, 400))
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **saving)
    return out.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **saving: Any) -> bytes:
    """Return a picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, (200, 30, 30) if mode == "RGB" else 1).save(out, kind, **saving)
    return out.getvalue()


def archive() -> bytes:
    """Return a small ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("evil.class", b"\xca\xfe\xba\xbe")
    return out.getvalue()


def _open_action(action: dict[str, Any]) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        document.Root["/OpenAction"] = pikepdf.Dictionary(action)

    return change


def _attachment(document: pikepdf.Pdf) -> None:
    document.attachments["payload.exe"] = b"MZ\x90"


def _hidden_in_a_stream_object(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)"))
    document.Root["/Names"] = pikepdf.Dictionary(Dests=pikepdf.Array([action]))


SCRIPT = {"/S": pikepdf.Name("/JavaScript"), "/JS": "app.alert(1)"}
PASSWORD = pikepdf.Encryption(owner="owner", user="secret", R=6)
OWNER_PASSWORD = pikepdf.Encryption(owner="owner", user="", R=6)


def _escaped() -> bytes:
    """Return a PDF whose script's names are spelled with escapes."""
    plain = pdf(change=_open_action(SCRIPT), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    at = plain.index(b"/JavaScript")
    # As many bytes as before, so that the table of objects still holds.
    spelled = plain[:at] + b"/J#61vaScript" + plain[at + len(b"/JavaScript") :]
    return pdf_repaired(spelled)


def pdf_repaired(content: bytes) -> bytes:
    """Return a PDF with a right table of objects, its names spelled as they were."""
    body, _, _ = content.partition(b"xref\n")
    offsets = sorted((int(line.split()[0]), body.index(b"\n" + line) + 1) for line in _objects(body))
    size = offsets[-1][0] + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size
    table += b"".join(b"%010d 00000 n \n" % at for _, at in offsets)
    return body + table + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))


def _objects(body: bytes) -> list[bytes]:
    return [line for line in body.split(b"\n") if line.endswith(b" 0 obj")]


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
BAD: dict[str, tuple[bytes, str]] = {
    "html named pdf": (HTML, "unknown_type"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "unknown_type"),
    "gif": (picture("GIF"), "unknown_type"),
    "zip": (archive(), "unknown_type"),
    "program": (b"MZ\x90\x00" + bytes(200), "unknown_type"),
    "html before pdf": (HTML + pdf(), "unknown_type"),
    "html in a pdf's head": (b"%PDF-1.4\n" + HTML + b"\n" + pdf(), "disguised"),
    "html after pdf": (pdf() + HTML, "disguised"),
    "script after pdf": (pdf() + b"\n<script>alert(1)</script>\n", "disguised"),
    "pdf and zip": (pdf() + archive(), "disguised"),
    "zip before pdf's end": (pdf()[:-7] + archive() + b"\n%%EOF\n", "disguised"),
    "javascript": (pdf(change=_open_action(SCRIPT)), "active_content"),
    "escaped javascript": (_escaped(), "active_content"),
    "javascript in an object stream": (
        pdf(change=_hidden_in_a_stream_object, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "active_content",
    ),
    "launch": (pdf(change=_open_action({"/S": pikepdf.Name("/Launch"), "/F": "cmd.exe"})), "active_content"),
    "embedded file": (pdf(change=_attachment), "active_content"),
    "password": (pdf(encryption=PASSWORD), "encrypted"),
    "owner password": (pdf(encryption=OWNER_PASSWORD), "encrypted"),
    "cut pdf": (pdf(3)[:-60], "damaged"),
    "pdf without pages": (b"%PDF-1.4\nhello\n%%EOF\n", "damaged"),
    "too many pages": (pdf(41), "too_many_pages"),
    "jpeg and zip": (picture() + archive(), "disguised"),
    "png and zip": (picture("PNG") + archive(), "disguised"),
    "jpeg and html": (picture() + HTML, "disguised"),
    "png and pdf": (picture("PNG") + pdf(), "disguised"),
    "cut jpeg": (picture(size=(400, 400))[:-20], "damaged"),
    "cut png": (picture("PNG")[:-6], "damaged"),
    "jpeg in name only": (b"\xff\xd8\xff\xe0" + HTML, "damaged"),
    "bomb": (picture("PNG", (10_000, 10_000), "1"), "too_many_pixels"),
    "empty": (b"", "empty"),
}
