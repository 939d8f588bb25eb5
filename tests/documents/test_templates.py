"""A school's template: who keeps it, which logos and colours are taken, what the next certificates carry."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pygmalion_app.certificates.document import templates
from pygmalion_app.certificates.document.templates import SaveTemplate
from pygmalion_app.certificates.errors import AccentUnreadableError, LogoRefusedError
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import InvalidInputError, PermissionDeniedError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.kyc.inspection import pictures, vectors
from pygmalion_app.kyc.inspection.verdict import Fault, RefusedError
from tests.cast import Cast

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" {}>{}</svg>'
WORDS = SaveTemplate(signatory="Claire Morel", signatory_title="Directrice", wording="Agrément 0417", accent="#0B5D6B")


def picture(kind: str = "PNG", mode: str = "RGBA", size: tuple[int, int] = (1500, 300)) -> bytes:
    """Return a picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, "#0b5d6b").save(out, kind)
    return out.getvalue()


async def test_the_schools_administrator_keeps_it_and_nobody_else(container: Container, cast: Cast) -> None:
    async with unit_of_work(cast.olga, container) as uow:
        assert await templates.template_of(uow, cast.school) == templates.TemplateView()
        kept = await templates.save(uow, cast.school, WORDS)
        assert (kept.signatory, kept.accent) == ("Claire Morel", "#0b5d6b")
    async with unit_of_work(cast.olga, container) as uow:
        assert (await templates.save(uow, cast.school, SaveTemplate())).signatory == ""
    for actor in (cast.tom, cast.marc, cast.lea, cast.stranger):
        async with unit_of_work(actor, container) as uow:
            with pytest.raises(PermissionDeniedError):
                await templates.save(uow, cast.school, WORDS)
        with pytest.raises(PermissionDeniedError):
            await templates.save_logo(actor, cast.school, picture())


async def test_a_logo_is_drawn_anew_and_shows_on_the_specimen(container: Container, cast: Cast) -> None:
    drawing = SVG.format("", '<path d="M0 0L9 9"/>').encode()

    async def made() -> tuple[bytes, bytes]:
        pdf = await templates.specimen(cast.olga, cast.school, "fr")
        return pdf, await templates.preview(cast.olga, cast.school, WORDS, "en")

    seen = [await made()]
    for content, kind in ((picture(), "png"), (drawing, "svg")):
        assert (await templates.save_logo(cast.olga, cast.school, content)).has_logo
        seen.append(await made())
        async with unit_of_work(cast.olga, container) as uow:
            (row,) = await uow.sql("SELECT logo, logo_format FROM certificate_templates")
        assert row["logo_format"] == kind
        assert bytes(row["logo"]) != content
    assert len({pdf for pdf, _ in seen}) == len({png for _, png in seen}) == 3
    with Image.open(io.BytesIO(seen[-1][1])) as shown:
        assert shown.size == (1123, 794)
    async with unit_of_work(cast.olga, container) as uow:
        assert not (await templates.remove_logo(uow, cast.school)).has_logo


async def test_other_files_are_refused_with_their_reason(container: Container, cast: Cast) -> None:
    del container
    for content, fault in (
        (b"", Fault.EMPTY),
        (bytes(600_000), Fault.TOO_LARGE),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", Fault.UNKNOWN_TYPE),
    ):
        with pytest.raises(LogoRefusedError) as refused:
            await templates.save_logo(cast.olga, cast.school, content)
        assert refused.value.facts["fault"] == fault


def test_broken_pictures_are_refused() -> None:
    for look, content in (
        (pictures.logo, b"\x89PNG\r\n\x1a\n broken"),
        (pictures.logo, picture()[:-20]),
        (vectors.inspect, b"GIF89a"),
        (vectors.inspect, SVG.format("", "<g>").encode()),
    ):
        with pytest.raises(RefusedError) as refused:
            look(content)
        assert refused.value.fault is Fault.DAMAGED


def test_a_picture_keeps_its_transparency_and_nothing_else() -> None:
    noted = Image.new("RGBA", (2000, 500), (11, 93, 107, 0))
    out = io.BytesIO()
    noted.save(out, "PNG", pnginfo=_note())
    kept = pictures.logo(out.getvalue()).content
    assert b"secret" in out.getvalue()
    assert b"secret" not in kept
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (1000, 250)
        assert drawn.getchannel("A").getextrema() == (0, 0)
    with Image.open(io.BytesIO(pictures.logo(picture("JPEG", "RGB")).content)) as drawn:
        assert drawn.format == "PNG"


def _note() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", "secret")
    return info


@pytest.mark.parametrize(
    ("attributes", "body"),
    [
        ("", "<script>alert(1)</script>"),
        ("", '<image href="https://example.com/a.png"/>'),
        ("", "<foreignObject/>"),
        ("", "<text>Name</text>"),
        ("", '<g><use href="#a"/></g>'),
        ("", "<style>@import 'https://example.com/a.css'</style>"),
        ("", '<rect style="fill:url(https://example.com/#a)" width="1" height="1"/>'),
        ("", '<rect fill="url( https://example.com/#a)" width="1" height="1"/>'),
    ],
)
def test_drawings_that_do_more_than_draw_are_refused(attributes: str, body: str) -> None:
    with pytest.raises(RefusedError) as refused:
        vectors.inspect(SVG.format(attributes, body).encode())
    assert refused.value.fault is Fault.ACTIVE_CONTENT


def test_what_a_drawing_does_not_need_is_left_out() -> None:
    body = '<title>Us</title><metadata><x:y xmlns:x="urn:x"/></metadata><g onclick="go()"><path d="M0 0L9 9"/></g>'
    kept = vectors.inspect(SVG.format('onload="go()" width="40"', body).encode()).content.decode()
    assert '<path d="M0 0L9 9" />' in kept
    assert not any(word in kept for word in ("go()", "metadata", "Us", "urn:x"))


def test_entities_and_endless_nesting_are_refused() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format("", "<g>&b;</g>")
    for content in (bomb, SVG.format("", "<g>" * 60 + "</g>" * 60), SVG.format("", "<g/>" * 6000)):
        with pytest.raises(RefusedError):
            vectors.inspect(content.encode())


@pytest.mark.parametrize("colour", ["#ffd200", "#ff6a2b", "#777777".replace("7", "8")])
def test_a_colour_too_pale_for_paper_is_refused(colour: str) -> None:
    with pytest.raises(AccentUnreadableError):
        templates.readable(colour)


def test_contrast_is_the_standards() -> None:
    # Known pairs of WCAG's own techniques: #767676 is the lightest grey that passes on white.
    assert templates.readable("#767676") == "#767676"
    assert round(templates.contrast_on_white("#000000"), 1) == 21.0
    with pytest.raises(InvalidInputError):
        templates.readable("red")


async def test_strangers_see_no_template(container: Container, cast: Cast) -> None:
    async with unit_of_work(cast.olga, container) as uow:
        await templates.save(uow, cast.school, WORDS)
    seen: dict[str, int] = {}
    people: dict[str, Actor] = {"olga": cast.olga, "lea": cast.lea, "stranger": cast.stranger}
    for name, actor in people.items():
        async with unit_of_work(actor, container) as uow:
            seen[name] = len(await uow.sql("SELECT id FROM certificate_templates"))
    assert seen == {"olga": 1, "lea": 0, "stranger": 0}
