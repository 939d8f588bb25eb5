"""The screens of verifications, as their states see them; and what the unverified may not do."""

from typing import Any

import pytest

from pygmalion_app.catalog.commands import CreateCourse
from pygmalion_app.catalog.models import Category, Modality
from pygmalion_app.catalog.service import create_course, publish_course
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.errors import SalesStoppedError
from pygmalion_app.enrollments.orders import place_order
from pygmalion_app.enrollments.schemas import PlaceOrder
from pygmalion_app.kyc import queries, review
from pygmalion_app.kyc.errors import OrganizationNotVerifiedError
from pygmalion_app.kyc.models import CaseState, DocumentKind, KycCase, Reason
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.schemas import Withdraw
from pygmalion_app.ui.i18n import LANGS
from pygmalion_app.ui.kyc.review_state import ReviewState
from pygmalion_app.ui.kyc.state import VerificationState
from pygmalion_app.ui.routes import PAGES
from pygmalion_app.ui.sessions.courses_state import OwnCoursesState
from pygmalion_app.ui.sessions.editor_state import CourseEditorState
from tests.cast import Cast
from tests.kyc.conftest import Send, Submitted
from tests.ui_private.conftest import Open


async def test_ones_own_page_from_a_passport_to_submission(
    open_as: Open[VerificationState],
    cast: Cast,
    lea: Subject,
    send: Send,
) -> None:
    state = await open_as(VerificationState, "/fr/identity", cast.lea)
    await VerificationState.load_identity.fn(state)
    assert (state.status, state.editable, state.missing) == ("À compléter", True, "pièce d'identité")
    assert state.upload_to == "/uploads/identity"
    assert [choice.value for choice in state.kinds] == ["identity_card", "passport"]
    assert state.dated
    sent = await send(cast.lea, lea, DocumentKind.PASSPORT)
    await VerificationState.added.fn(state)
    assert [row.id for row in state.documents] == [str(sent.id)]
    assert state.missing == ""
    await VerificationState.submit.fn(state)
    assert (state.status, state.editable, state.removable) == ("Envoyé", False, False)
    await VerificationState.remove.fn(state, str(sent.id))
    assert len(state.documents) == 1


async def test_a_document_can_be_removed_before_it_is_sent(
    open_as: Open[VerificationState],
    cast: Cast,
    lea: Subject,
    send: Send,
) -> None:
    sent = await send(cast.lea, lea, DocumentKind.PASSPORT)
    state = await open_as(VerificationState, "/en/identity", cast.lea)
    await VerificationState.load_identity.fn(state)
    await VerificationState.remove.fn(state, "no id")
    await VerificationState.remove.fn(state, str(cast.course))
    assert len(state.documents) == 1
    await VerificationState.remove.fn(state, str(sent.id))
    assert (state.documents, state.missing) == ([], "identity document")


async def test_an_organisations_page_is_for_those_who_run_it(
    open_as: Open[VerificationState],
    cast: Cast,
) -> None:
    learner = await open_as(VerificationState, "/fr/organisation/verification", cast.lea)
    await VerificationState.load_organization.fn(learner)
    assert (learner.loaded, learner.organization, learner.documents) == (True, "", [])
    # Whatever a client writes into its own state, the service knows who asks.
    learner.organization = str(cast.school)
    with pytest.raises(PygmalionError):
        await VerificationState.added.fn(learner)
    school = await open_as(VerificationState, "/fr/organisation/verification", cast.olga)
    await VerificationState.load_organization.fn(school)
    assert (school.organization, school.status, school.editable) == (str(cast.school), "Vérifié", False)
    assert school.upload_to == f"/uploads/organisation/{cast.school}"


async def test_the_reviewers_page(
    open_as: Open[ReviewState],
    container: Container,
    cast: Cast,
    lea: Subject,
    submitted: Submitted,
) -> None:
    case_id = await submitted(cast.lea, lea)
    state = await open_as(ReviewState, "/fr/admin/kyc", cast.ada)
    await ReviewState.load.fn(state)
    assert [(row.id, row.name, row.own) for row in state.rows] == [(str(case_id), "Lea Test", False)]
    await ReviewState.open_case.fn(state, str(case_id))
    assert (state.name, state.takeable, state.mine, state.complete) == ("Lea Test", True, False, True)
    assert [sheet.picture.rsplit("/", 1)[1] for sheet in state.sheets] == ["1", "2"]
    await ReviewState.take.fn(state)
    assert (state.takeable, state.mine) == (False, True)
    await ReviewState.reject.fn(state, {"reason": "other", "note": " "})
    assert "motif" in state.form_error
    await ReviewState.reject.fn(state, {"reason": "invented"})
    assert state.mine
    await ReviewState.ask.fn(state, {"reason": "unreadable", "note": "Le recto."})
    assert (state.status, state.mine, state.form_error) == ("Complément demandé", False, "")
    await ReviewState.back.fn(state)
    assert (state.case_id, state.rows) == ("", [])
    await ReviewState.filter_state.fn(state, "more_information")
    assert len(state.rows) == 1
    await ReviewState.filter_subject.fn(state, "training")
    assert state.rows == []


async def test_the_pages_can_be_drawn_in_both_languages() -> None:
    for name in ("identity", "organization-kyb", "admin-kyc"):
        for lang in LANGS:
            assert PAGES[name].function(lang) is not None


async def _unverify(container: Container, cast: Cast) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        case = await queries.approved_case(uow, Subject(organization_id=cast.school))
        assert isinstance(case, KycCase)
        case.state = CaseState.EXPIRED


async def test_who_is_not_verified_does_not_publish(
    open_as: Open[Any],
    container: Container,
    cast: Cast,
) -> None:
    command = CreateCourse(
        organization_id=cast.school, title="Sûreté du fret", description="Contrôles.",
        objectives=["Contrôler"], category=Category.CARGO, modalities=[Modality.PRESENTIEL], duration_minutes=210,
        price_cents=10_000,
    )  # fmt: skip
    await _unverify(container, cast)
    async with unit_of_work(cast.olga, container) as uow:
        course = await create_course(uow, command)
    with pytest.raises(OrganizationNotVerifiedError):
        async with unit_of_work(cast.olga, container) as uow:
            await publish_course(uow, course)
    state = await open_as(OwnCoursesState, "/fr/teach/courses", cast.olga)
    await OwnCoursesState.load.fn(state)
    assert state.unverified
    editor = await open_as(CourseEditorState, "/fr/teach/courses", cast.olga)
    await CourseEditorState.begin.fn(editor, str(course))
    assert "Vérification de l’organisme" in {row.name for row in editor.wrong if row.tone == "bad"}
    assert "n'est pas vérifiée" in str(await CourseEditorState.publish.fn(editor))
    assert any(row.draft for row in state.rows)


def _order(cast: Cast, name: str) -> PlaceOrder:
    person = {"email": f"{name}@test.example", "firstName": name.title(), "lastName": "Test"}
    return PlaceOrder.model_validate(
        {
            "sessionId": str(cast.session),
            "payer": "company",
            "organizationId": str(cast.company),
            "participants": [person],
        }
    )


async def test_a_lapse_leaves_sessions_bookable_and_a_withdrawal_does_not(container: Container, cast: Cast) -> None:
    await _unverify(container, cast)
    async with unit_of_work(cast.marc, container) as uow:
        await place_order(uow, _order(cast, "lea"))
    async with unit_of_work(SYSTEM, container) as uow:
        case = await queries.current_case(uow, Subject(organization_id=cast.school))
        assert case is not None
        case.state = CaseState.APPROVED
    async with unit_of_work(cast.ada, container) as uow:
        await review.withdraw(uow, case.id, Withdraw(reason=Reason.NOT_REGISTERED))
    with pytest.raises(SalesStoppedError):
        async with unit_of_work(cast.marc, container) as uow:
            await place_order(uow, _order(cast, "noe"))
