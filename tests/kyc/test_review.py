"""The steps of a case, and who may take them."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotAuthenticatedError, PermissionDeniedError, PygmalionError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.kyc import documents, queries, review, service
from pygmalion_app.kyc.errors import (
    CaseClosedError,
    CaseDecidedError,
    CaseIncompleteError,
    CaseNotFoundError,
    CaseTakenError,
    DocumentKindError,
    OwnCaseError,
    ReasonNeededError,
    TooManyDocumentsError,
    ValidityError,
)
from pygmalion_app.kyc.models import CaseState, DocumentKind, KycTransition, Reason
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.schemas import Decide, Decision, UploadDocument, Withdraw
from pygmalion_app.organizations.models import Organization, OrganizationKind
from tests.cast import Cast, add_organization, add_person
from tests.clock import MovableClock
from tests.kyc.conftest import CONTENT, Send, Submitted, decided, far, view

REJECT = Decide(decision=Decision.REJECT, reason=Reason.DOUBTFUL)
ASK = Decide(decision=Decision.ASK, reason=Reason.OTHER, note="Le verso, s'il vous plaît.")


async def _admin(container: Container, name: str) -> Actor:
    async with unit_of_work(SYSTEM, container) as uow:
        return await add_person(uow, name, admin=True)


async def _mails(container: Container) -> list[tuple[str, str]]:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.session.execute(text("SELECT to_address, text FROM outgoing_emails ORDER BY id"))
        return [(address, body) for address, body in rows]


async def test_from_nothing_to_verified(container: Container, cast: Cast, lea: Subject, send: Send) -> None:
    before = await view(container, cast.lea, lea)
    assert (before.id, before.state, before.editable, before.verified) == (None, "draft", True, False)
    with pytest.raises(CaseIncompleteError):
        async with unit_of_work(cast.lea, container) as uow:
            await service.submit(uow, lea)
    await send(cast.lea, lea, DocumentKind.PASSPORT)
    async with unit_of_work(cast.lea, container) as uow:
        sent = await service.submit(uow, lea)
    assert (sent.state, sent.editable) == ("submitted", False)
    assert sent.id is not None
    await decided(container, cast.ada, sent.id)
    after = await view(container, cast.lea, lea)
    assert (after.state, after.verified, after.verified_until) == ("approved", True, far(container))
    assert [(step.from_state, step.to_state) for step in after.history] == [
        ("draft", "submitted"), ("submitted", "in_review"), ("in_review", "approved"),
    ]  # fmt: skip
    assert all(step.by is None for step in after.history)
    assert [address for address, _ in await _mails(container)] == ["lea@test.example"]


async def test_more_is_asked_and_given(
    container: Container, cast: Cast, lea: Subject, send: Send, submitted: Submitted
) -> None:
    case_id = await submitted(cast.lea, lea)
    await decided(container, cast.ada, case_id, ASK)
    asked = await view(container, cast.lea, lea)
    assert (asked.state, asked.reason, asked.note, asked.editable) == ("more_information", "other", ASK.note, True)
    ((_, body),) = await _mails(container)
    assert ASK.note in body
    await send(cast.lea, lea, DocumentKind.IDENTITY_CARD)
    async with unit_of_work(cast.lea, container) as uow:
        again = await service.submit(uow, lea)
    assert (again.id, again.state, again.reason, again.note) == (case_id, "submitted", None, "")


async def test_a_refused_case_can_be_corrected(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted
) -> None:
    case_id = await submitted(cast.lea, lea)
    await decided(container, cast.ada, case_id, REJECT)
    refused = await view(container, cast.lea, lea)
    assert (refused.state, refused.reason, refused.editable) == ("rejected", "doubtful", True)
    async with unit_of_work(cast.lea, container) as uow:
        assert (await service.submit(uow, lea)).state == "submitted"


@pytest.mark.parametrize(
    "command",
    [
        Decide(decision=Decision.REJECT),
        Decide(decision=Decision.ASK, reason=Reason.OTHER, note="  "),
        Decide(decision=Decision.REJECT, reason=Reason.REPLACED),
    ],
)
async def test_a_refusal_gives_its_reason(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted, command: Decide
) -> None:
    case_id = await submitted(cast.lea, lea)
    with pytest.raises(ReasonNeededError):
        await decided(container, cast.ada, case_id, command)


async def test_nobody_reviews_their_own_file(container: Container, cast: Cast, submitted: Submitted) -> None:
    case_id = await submitted(cast.ada, Subject(user_id=cast.ada.user_id))
    with pytest.raises(OwnCaseError):
        await decided(container, cast.ada, case_id)
    async with unit_of_work(cast.ada, container) as uow:
        page = await review.queue(uow, PageRequest(), states=(CaseState.SUBMITTED,))
    assert [(row.id, row.own) for row in page.items] == [(case_id, True)]
    await decided(container, await _admin(container, "abel"), case_id)


async def test_no_member_reviews_their_organisation(container: Container, submitted: Submitted) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        company = await add_organization(uow, "Neuve", OrganizationKind.COMPANY)
        boss = await add_person(uow, "boss", (company, Role.MANAGER))
        # Somebody who reviews for the platform and merely learns at this company.
        colleague = await add_person(uow, "colin", (company, Role.LEARNER), admin=True)
    case_id = await submitted(boss, Subject(organization_id=company))
    for act in (review.take, review.reviewed_case):
        with pytest.raises(OwnCaseError):
            async with unit_of_work(colleague, container) as uow:
                await act(uow, case_id)


async def test_who_reviews_is_a_platform_administrator(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted
) -> None:
    case_id = await submitted(cast.lea, lea)
    for actor in (cast.lea, cast.marc, cast.olga, cast.stranger):
        for act in (review.take, review.reviewed_case):
            with pytest.raises(PermissionDeniedError):
                async with unit_of_work(actor, container) as uow:
                    await act(uow, case_id)
        with pytest.raises(PermissionDeniedError):
            async with unit_of_work(actor, container) as uow:
                await review.queue(uow, PageRequest(), states=(CaseState.SUBMITTED,))
    with pytest.raises(NotAuthenticatedError):
        async with unit_of_work(Actor(), container) as uow:
            await review.take(uow, case_id)


async def test_of_two_reviewers_one_takes_the_case(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted
) -> None:
    case_id = await submitted(cast.lea, lea)
    reviewers = [cast.ada, *[await _admin(container, f"admin{number}") for number in range(4)]]

    async def take(reviewer: Actor) -> str:
        try:
            async with unit_of_work(reviewer, container) as uow:
                await review.take(uow, case_id)
        except CaseTakenError:
            return "taken"
        return "mine"

    assert sorted(await asyncio.gather(*map(take, reviewers))) == ["mine", *["taken"] * 4]


async def test_one_decision_counts(container: Container, cast: Cast, lea: Subject, submitted: Submitted) -> None:
    case_id = await submitted(cast.lea, lea)
    async with unit_of_work(cast.ada, container) as uow:
        await review.take(uow, case_id)
    commands = [Decide(decision=Decision.APPROVE), REJECT, ASK, Decide(decision=Decision.APPROVE)]

    async def decide(command: Decide) -> bool:
        try:
            async with unit_of_work(cast.ada, container) as uow:
                await review.decide(uow, case_id, command)
        except CaseDecidedError:
            return False
        return True

    assert sum(await asyncio.gather(*map(decide, commands))) == 1
    async with unit_of_work(SYSTEM, container) as uow:
        steps = (await uow.session.execute(select(KycTransition).where(KycTransition.from_state == "in_review"))).all()  # pyright: ignore[reportArgumentType]
    assert len(steps) == 1
    assert len(await _mails(container)) == 1


async def test_a_case_left_alone_is_taken_over(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted, clock: MovableClock
) -> None:
    case_id, second = await submitted(cast.lea, lea), await _admin(container, "abel")
    async with unit_of_work(cast.ada, container) as uow:
        await review.take(uow, case_id)
    with pytest.raises(CaseTakenError):
        await decided(container, second, case_id)
    clock.move(hours=1, minutes=1)
    await decided(container, second, case_id)
    with pytest.raises(CaseDecidedError):
        async with unit_of_work(cast.ada, container) as uow:
            await review.decide(uow, case_id, REJECT)


async def test_drafts_are_nobodys_business(container: Container, cast: Cast, lea: Subject, send: Send) -> None:
    await send(cast.lea, lea, DocumentKind.PASSPORT)
    case_id = (await view(container, cast.lea, lea)).id
    assert case_id is not None
    for act in (review.take, review.reviewed_case):
        with pytest.raises(CaseNotFoundError):
            async with unit_of_work(cast.ada, container) as uow:
                await act(uow, case_id)


async def test_documents_stand_still_while_they_are_read(
    container: Container, cast: Cast, lea: Subject, send: Send, submitted: Submitted
) -> None:
    await submitted(cast.lea, lea)
    document = (await view(container, cast.lea, lea)).documents[0]
    with pytest.raises(CaseClosedError):
        await send(cast.lea, lea, DocumentKind.PASSPORT)
    with pytest.raises(CaseClosedError):
        async with unit_of_work(cast.lea, container) as uow:
            await service.remove_document(uow, lea, document.id)


async def test_what_is_asked_of_whom(container: Container, cast: Cast, lea: Subject, looked_at: None) -> None:
    for kind, valid_until, expected in (
        (DocumentKind.BANK_DETAILS, None, DocumentKindError),
        (DocumentKind.PASSPORT, None, ValidityError),
        (DocumentKind.PASSPORT, far(container, -2), ValidityError),
    ):
        with pytest.raises(expected):
            await documents.upload(cast.lea, lea, UploadDocument(kind=kind, valid_until=valid_until), CONTENT)


async def test_a_case_holds_so_many_documents(cast: Cast, lea: Subject, send: Send) -> None:
    sent = await asyncio.gather(
        *(send(cast.lea, lea, DocumentKind.PASSPORT) for _ in range(14)), return_exceptions=True
    )
    assert sum(isinstance(one, TooManyDocumentsError) for one in sent) == 2


async def test_two_first_documents_at_once_make_one_case(
    container: Container, cast: Cast, lea: Subject, send: Send
) -> None:
    await asyncio.gather(*(send(cast.lea, lea, DocumentKind.IDENTITY_CARD) for _ in range(4)))
    assert len((await view(container, cast.lea, lea)).documents) == 4


async def test_a_document_out_of_date_by_now_stops_the_approval(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted, clock: MovableClock
) -> None:
    case_id = await submitted(cast.lea, lea)
    clock.move(days=500)
    with pytest.raises(CaseIncompleteError):
        await decided(container, cast.ada, case_id)


async def _organization(container: Container, organization_id: UUID) -> Organization:
    async with unit_of_work(SYSTEM, container) as uow:
        return await uow.session.get_one(Organization, organization_id)


async def _verified(container: Container, organization_id: UUID) -> bool:
    async with unit_of_work(SYSTEM, container) as uow:
        return await queries.is_verified(uow, organization_id)


async def test_an_organisation_is_verified_refused_and_verified_again(
    container: Container, cast: Cast, rival: Subject, submitted: Submitted
) -> None:
    assert rival.organization_id is not None
    case_id = await submitted(cast.stranger, rival)
    await decided(container, cast.ada, case_id, REJECT)
    assert not await _verified(container, rival.organization_id)
    assert (await _organization(container, rival.organization_id)).sales_stopped_at is not None
    async with unit_of_work(cast.stranger, container) as uow:
        await service.submit(uow, rival)
    await decided(container, cast.ada, case_id)
    assert await _verified(container, rival.organization_id)
    assert (await _organization(container, rival.organization_id)).sales_stopped_at is None


async def test_a_withdrawn_verification_stops_sales(
    container: Container, cast: Cast, rival: Subject, submitted: Submitted
) -> None:
    assert rival.organization_id is not None
    case_id = await submitted(cast.stranger, rival)
    await decided(container, cast.ada, case_id)
    async with unit_of_work(cast.ada, container) as uow:
        await review.withdraw(uow, case_id, Withdraw(reason=Reason.DOUBTFUL))
    assert not await _verified(container, rival.organization_id)
    assert (await _organization(container, rival.organization_id)).sales_stopped_at is not None
    ended = await view(container, cast.stranger, rival)
    assert (ended.state, ended.reason, ended.editable) == ("expired", "doubtful", True)


async def test_a_renewal_takes_the_place_of_what_it_renews(
    container: Container, cast: Cast, rival: Subject, submitted: Submitted, send: Send, clock: MovableClock
) -> None:
    assert rival.organization_id is not None
    first = await submitted(cast.stranger, rival)
    await decided(container, cast.ada, first)
    with pytest.raises(CaseClosedError):
        await send(cast.stranger, rival, DocumentKind.REGISTRATION)
    clock.move(days=3 * 365 - 50)
    second = await submitted(cast.stranger, rival)
    assert second != first
    assert (await view(container, cast.stranger, rival)).verified
    await decided(container, cast.ada, second)
    assert await _verified(container, rival.organization_id)
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.session.execute(text("SELECT id, state, reason FROM kyc_cases WHERE id IN (:a, :b)"), {
            "a": first, "b": second})  # fmt: skip
        assert {row.id: (row.state, row.reason) for row in rows} == {
            first: ("expired", "replaced"), second: ("approved", None),
        }  # fmt: skip


async def test_only_those_who_run_an_organisation_submit_for_it(
    container: Container, cast: Cast, rival: Subject, send: Send
) -> None:
    for actor in (cast.lea, cast.marc, cast.olga, cast.tom):
        with pytest.raises(PygmalionError) as refused:
            await send(actor, rival, DocumentKind.REGISTRATION)
        assert isinstance(refused.value, PermissionDeniedError)
        with pytest.raises(PermissionDeniedError):
            await view(container, actor, rival)


async def test_an_administrator_who_sent_a_document_reviews_the_case_no_more(
    container: Container, cast: Cast, rival: Subject, send: Send
) -> None:
    await send(cast.ada, rival, DocumentKind.REGISTRATION)
    async with unit_of_work(cast.stranger, container) as uow:
        case_id = (await service.submit(uow, rival)).id
    assert case_id is not None
    with pytest.raises(OwnCaseError):
        await decided(container, cast.ada, case_id)


async def test_the_longest_waiting_come_first(
    container: Container, cast: Cast, lea: Subject, rival: Subject, submitted: Submitted, clock: MovableClock
) -> None:
    first = await submitted(cast.stranger, rival)
    clock.set(clock.now() + timedelta(hours=1))
    second = await submitted(cast.lea, lea)
    async with unit_of_work(cast.ada, container) as uow:
        page = await review.queue(uow, PageRequest(1, 1), states=(CaseState.SUBMITTED,))
        people = await review.queue(
            uow, PageRequest(), states=(CaseState.SUBMITTED,), subject=review.SubjectKind.PERSON
        )
    assert ([row.id for row in page.items], page.total) == ([first], 2)
    assert [(row.id, row.name, row.documents) for row in people.items] == [(second, "Lea Test", 1)]
