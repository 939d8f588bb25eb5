"""What is accepted as a document."""

import io

import pikepdf
import pytest
from PIL import ExifTags, Image

from pygmalion_app.kyc.inspection.service import inspect, page_picture
from pygmalion_app.kyc.inspection.verdict import MAX_BYTES, Fault, RefusedError
from tests.kyc import files


@pytest.mark.parametrize("name", files.BAD)
async def test_what_is_not_a_plain_document_is_refused(name: str) -> None:
    content, fault = files.BAD[name]
    with pytest.raises(RefusedError) as refused:
        await inspect(content)
    assert refused.value.fault == fault


async def test_a_pdf_is_kept_as_it_came() -> None:
    content = files.pdf(3)
    clean = await inspect(content)
    assert (clean.media_type, clean.pages, clean.content) == ("application/pdf", 3, content)


async def test_links_and_forms_without_scripts_are_no_danger() -> None:
    def change(document: pikepdf.Pdf) -> None:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Link"), Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name("/URI"), URI="https://infogreffe.example"),
        )  # fmt: skip
        document.pages[0]["/Annots"] = pikepdf.Array([link])

    assert (await inspect(files.pdf(change=change))).pages == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
async def test_a_picture_is_drawn_anew(kind: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Secret Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 0.0)
    content = files.picture(kind, exif=exif) + b"maker's notes" * 20
    clean = await inspect(content)
    assert clean.media_type == "image/jpeg"
    assert b"Secret Camera" not in clean.content
    assert b"maker's notes" not in clean.content
    with Image.open(io.BytesIO(clean.content)) as drawn:
        assert (drawn.size, dict(drawn.getexif())) == ((60, 40), {})


async def test_a_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    clean = await inspect(files.picture(exif=exif))
    with Image.open(io.BytesIO(clean.content)) as drawn:
        assert drawn.size == (40, 60)


@pytest.mark.parametrize("saving", [{"progressive": True}, {"subsampling": 2, "quality": 30}, {"comment": b"x" * 500}])
async def test_every_spelling_of_jpeg_is_read_to_its_end(saving: dict[str, object]) -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(out, "JPEG", **saving)
    assert (await inspect(out.getvalue())).pages == 1


async def test_too_large_is_told_before_it_is_looked_at() -> None:
    with pytest.raises(RefusedError) as refused:
        await inspect(bytes(MAX_BYTES + 1))
    assert refused.value.fault is Fault.TOO_LARGE


async def test_a_page_is_drawn_for_reviewers() -> None:
    drawn = await page_picture(files.pdf(2), 2)
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.format == "JPEG"
        assert picture.width > 1000
    with pytest.raises(RefusedError):
        await page_picture(files.pdf(2), 3)
