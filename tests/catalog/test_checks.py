"""What refuses to publish and what is only said, by the one list that screen, API and service share."""

from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from pygmalion_app.catalog.checks import CourseFacts, Item, Level, SchoolFacts, SessionFacts, TypeFacts, check, faults
from pygmalion_app.catalog.models import Course, CourseStatus, CourseType
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.catalog.test_formations_api import V1, bearer, draft

TODAY = date(2026, 11, 22)
TEXTS = ("title_en", "description_en", "prerequisites", "methods", "evaluation", "accessibility")
WHOLE = CourseFacts(
    texts=dict.fromkeys(TEXTS, "Aucun.")
    | {"title": "Fret", "description": "x" * 120, "legal_basis": "UE 2015/1998", "nsf_code": "344"}
    | {"bpf_objective": "professional"},
    objectives=("Contrôler", "Refuser"),
    category="SECURITY",
    modalities=("PRESENTIEL",),
    duration_minutes=210,
    price_cents=100,
    language="fr",
    validity_months=60,
    kind=TypeFacts(210, 60, "UE 2015/1998 11.2.6.2"),
    school=SchoolFacts(verified=True, nda="11755555555", qualiopi_certifier="AFNOR", qualiopi_valid_until=TODAY),
    sessions=SessionFacts(1, 0, 210),
    today=TODAY,
)


def _texts(**texts: str) -> dict[str, dict[str, str]]:
    return {"texts": WHOLE.texts | texts}


def test_nothing_is_said_of_a_whole_course() -> None:
    assert [one.item for one in check(WHOLE)] == [item for item in Item if item is not Item.SUSPENSION]
    assert {one.level for one in check(WHOLE)} == {Level.OK}


@pytest.mark.parametrize(
    ("change", "item", "reason"),
    [
        (_texts(title="  "), Item.TITLE, "missing"),
        (_texts(description=""), Item.DESCRIPTION, "missing"),
        ({"objectives": (" ",)}, Item.OBJECTIVES, "missing"),
        ({"modalities": ()}, Item.MODALITIES, "missing"),
        ({"duration_minutes": 0}, Item.DURATION, "missing"),
        ({"price_cents": 0}, Item.PRICE, "missing"),
        (_texts(legal_basis=" "), Item.LEGAL_BASIS, "regulated"),
        ({"suspended": True}, Item.SUSPENSION, "hidden"),
        ({"school": SchoolFacts(False, "1", "A", None)}, Item.VERIFICATION, "missing"),
    ],
)
def test_what_refuses(change: dict[str, Any], item: Item, reason: str) -> None:
    found = check(replace(WHOLE, **change))
    assert faults(found) == [item.value]
    assert next(one for one in found if one.item is item).reason == reason


@pytest.mark.parametrize(
    ("change", "item", "reason"),
    [
        (_texts(description="Court."), Item.DESCRIPTION, "short"),
        ({"objectives": ("Contrôler",)}, Item.OBJECTIVES, "single"),
        (_texts(prerequisites=""), Item.PREREQUISITES, "missing"),
        ({"duration_minutes": 209}, Item.DURATION, "short"),
        ({"sessions": SessionFacts(1, 0, 209)}, Item.DURATION, "session"),
        ({"kind": None}, Item.TYPE, "missing"),
        ({"validity_months": None}, Item.VALIDITY, "unusual"),
        ({"kind": TypeFacts(210, None, "")}, Item.VALIDITY, "endless"),
        (_texts(description_en=""), Item.LANGUAGE, "untranslated"),
        ({"language": "en", **_texts(title_en="")}, Item.LANGUAGE, "title"),
        (_texts(methods=""), Item.METHODS, "missing"),
        (_texts(evaluation=""), Item.EVALUATION, "missing"),
        (_texts(accessibility=""), Item.ACCESSIBILITY, "missing"),
        (_texts(nsf_code=""), Item.NSF, "missing"),
        (_texts(bpf_objective=""), Item.BPF, "missing"),
        ({"school": SchoolFacts(True, "1", "A", date(2026, 11, 21))}, Item.QUALITY, "expired"),
        ({"school": SchoolFacts(True, "1", "", None)}, Item.QUALITY, "missing"),
        ({"school": SchoolFacts(True, "", "A", None)}, Item.NDA, "missing"),
        ({"sessions": SessionFacts()}, Item.SESSION, "missing"),
        ({"sessions": SessionFacts(2, 1, 210)}, Item.TRAINER, "missing"),
    ],
)
def test_what_is_only_said(change: dict[str, Any], item: Item, reason: str) -> None:
    found = check(replace(WHOLE, **change))
    assert faults(found) == []
    told = [one for one in found if one.level is Level.DOUBT]
    assert [(one.item, one.reason) for one in told] == [(item, reason)]


async def test_a_type_brings_its_rule_and_asks_for_its_text(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        uow.session.add(
            CourseType(
                code="SUR-1", title="Sûreté", title_en="Security", category="SECURITY", modalities=["PRESENTIEL"],
                duration_minutes=210, validity_months=36, validity_anchor="month_end", window_months=3,
                legal_basis="UE 2015/1998 11.2.6.2",
            )
        )  # fmt: skip
    olga = bearer(container, cast.olga)
    made = await client.post(
        f"{V1}/formations",
        json={"title": "Sûreté", "category": "SECURITY", "durationMinutes": 210, "typeCode": "SUR-1"},
        headers=olga,
    )
    course = made.json()["data"]
    assert (course["validityMonths"], course["validityAnchor"], course["windowMonths"]) == (36, "month_end", 3)
    assert course["legalBasis"] == "UE 2015/1998 11.2.6.2"
    unknown = await client.put(f"{V1}/formations/{course['id']}", json={"typeCode": "NOPE"}, headers=olga)
    assert unknown.status_code == 422
    assert unknown.json()["field"] == "typeCode"
    bare = await draft(client, olga, title="Sans texte", typeCode="SUR-1", legalBasis="")
    refused = await client.post(f"{V1}/formations/{bare['id']}/publish", headers=olga)
    assert (refused.status_code, refused.json()["missing"]) == (409, "legalBasis")


async def test_a_published_course_keeps_what_it_has_and_owes_nothing_new(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    """A course on sale from before the objectives were asked for can still be corrected."""
    olga = bearer(container, cast.olga)
    old = await draft(client, olga, objectives=[])
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(
            update(Course).where(Course.slug == old["slug"]).values(status=CourseStatus.PUBLISHED)  # pyright: ignore[reportArgumentType]
        )
    path = f"{V1}/formations/{old['id']}"
    assert (await client.put(path, json={"bring": "Badge"}, headers=olga)).status_code == 200
    emptied = await client.put(path, json={"description": ""}, headers=olga)
    assert (emptied.status_code, emptied.json()["missing"]) == (409, "description")
