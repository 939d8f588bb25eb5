"""A company's training agreement says what the law wants, to its two parties alone."""

import io

import httpx
import pikepdf
import pytest
from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import convention
from pygmalion_app.enrollments.document.render import Letter
from tests.attendance.conftest import Seats, seats  # noqa: F401 - a fixture
from tests.cast import Cast
from tests.enrollments.test_booking import bearer

V1 = "/api/v1"


@pytest.fixture
async def order(container: Container, cast: Cast, seats: Seats) -> str:  # noqa: F811
    """Return the company's confirmed order of two seats, one of them given up; the OPCO pays a part of it back."""
    await seats(cast.session, cast.lea, cast.marc)
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(text("UPDATE enrollments SET status = 'CANCELLED' WHERE user_id = :id"), {
            "id": cast.marc.user_id
        })  # fmt: skip
        await uow.session.execute(
            text("UPDATE organizations SET nda = '11755555555', siret = '73282932000074' WHERE id = :id"),
            {"id": cast.school},
        )
        await uow.session.execute(
            text("UPDATE courses SET objectives = '{Contrôler,Refuser}', evaluation = 'Questionnaire final.'")
        )
        await uow.session.execute(
            text("UPDATE orders SET payment_method = 'invoice', purchase_order = 'PO-7', refund_tiers ="
                 " '[{\"days_before\": 7, \"percent\": 50}, {\"days_before\": 14, \"percent\": 100}]'")
        )  # fmt: skip
        await uow.session.execute(
            text("""INSERT INTO order_funding (id, order_id, kind, name, dossier, amount_cents, commission_cents,
                credited_cents, subrogation, status)
                SELECT gen_random_uuid(), id, 'opco', 'OPCO Mobilités', 'D-42', 40000, 0, 0, false, 'agreed'
                FROM orders""")
        )
        return str((await uow.session.execute(text("SELECT id FROM orders"))).scalar_one())


async def test_it_says_what_the_law_wants(
    container: Container, cast: Cast, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Letter] = []
    monkeypatch.setattr(convention, "render", lambda letter: shown.append(letter) or b"")
    async with unit_of_work(cast.marc, container) as uow:
        await convention.convention(uow, order, "fr")  # pyright: ignore[reportArgumentType]
    (letter,) = shown
    said = {section["heading"]: "\n".join(section["lines"]) for section in letter.sections}
    assert list(said) == [
        "Les parties", "Intitulé et nature de l’action", "Objectifs", "Contenu", "Niveau de connaissances préalables",
        "Moyens et modalités de déroulement", "Suivi et évaluation", "Dates, durée et lieu", "Participants", "Prix",
        "Règlement", "Annulation, remplacement, inexécution", "Différend",
    ]  # fmt: skip
    assert "SIRET 73282932000074 · déclaration d’activité n° 11755555555" in said["Les parties"]
    assert said["Objectifs"] == "– Contrôler\n– Refuser"
    assert "Questionnaire final." in said["Suivi et évaluation"]
    assert "3\u00a0h\u00a030" in said["Dates, durée et lieu"]
    # Who gave up their seat takes no part.
    assert said["Participants"] == "Un participant : TEST Lea"
    assert "2 places à 950" in said["Prix"]
    assert all(word in said["Règlement"] for word in ("30 jours", "PO-7", "OPCO Mobilités rembourse 400", "D-42"))
    cancelled = said["Annulation, remplacement, inexécution"]
    assert cancelled.index("100 %") < cancelled.index("50 %")


async def test_both_parties_and_nobody_else(
    client: httpx.AsyncClient, container: Container, cast: Cast, order: str
) -> None:
    for who, status in (("marc", 200), ("olga", 200), ("lea", 404), ("tom", 404), ("stranger", 404)):
        headers = bearer(container, getattr(cast, who))
        answer = await client.get(f"{V1}/orders/{order}/convention?locale=en", headers=headers)
        assert answer.status_code == status, who
        together = await client.get(f"{V1}/sessions/{cast.session}/conventions", headers=headers)
        assert together.status_code == (200 if who == "olga" else 404), who
    assert (await client.get(f"{V1}/orders/{order}/convention")).status_code == 401


async def test_the_pdf_is_whole_and_the_same_each_time(
    client: httpx.AsyncClient, container: Container, cast: Cast, order: str
) -> None:
    headers = bearer(container, cast.marc)
    path = f"{V1}/orders/{order}/convention"
    first, second = [(await client.get(path, headers=headers)).content for _ in range(2)]
    assert first == second
    with pikepdf.open(io.BytesIO(first)) as document:
        assert str(document.docinfo["/Title"]) == "Convention de formation professionnelle"
        assert "/StructTreeRoot" in document.Root


@pytest.mark.parametrize("change", ["status = 'PENDING'", "payer = 'individual'"])
async def test_only_a_companys_confirmed_order_has_one(
    client: httpx.AsyncClient, container: Container, cast: Cast, order: str, change: str
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(text(f"UPDATE orders SET {change}"))
    for path in (f"orders/{order}/convention", f"sessions/{cast.session}/conventions"):
        assert (await client.get(f"{V1}/{path}", headers=bearer(container, cast.olga))).status_code == 404
