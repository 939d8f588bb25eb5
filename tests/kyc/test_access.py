"""Who may read a document, and what is written down of it."""

from uuid import UUID

import pytest
from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotAuthenticatedError, PermissionDeniedError, PygmalionError
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.kyc import documents, policy
from pygmalion_app.kyc.errors import DocumentNotFoundError, DocumentUnreadableError, OwnCaseError
from pygmalion_app.kyc.models import DocumentKind
from pygmalion_app.kyc.policy import Subject
from tests.cast import Cast, add_person
from tests.kyc.conftest import CONTENT, Send, Submitted, view


async def _reads(container: Container, document_id: UUID) -> list[tuple[UUID, int]]:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.session.execute(
            text(
                "SELECT actor_user_id, facts->>'page' FROM audit_events"
                " WHERE action = 'kyc.document_read' AND subject_id = :id ORDER BY sequence"
            ),
            {"id": document_id},
        )
        return [(actor, int(page)) for actor, page in rows]


async def test_a_person_reads_their_own_document_and_nobody_elses(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted
) -> None:
    await submitted(cast.lea, lea)
    document = (await view(container, cast.lea, lea)).documents[0]
    assert (await documents.own_document(cast.lea, lea, document.id)).content == CONTENT
    for actor in (cast.marc, cast.olga, cast.tom, cast.stranger, cast.ada):
        with pytest.raises(PermissionDeniedError):
            await documents.own_document(actor, lea, document.id)
        with pytest.raises(DocumentNotFoundError):
            await documents.own_document(actor, policy.oneself(actor), document.id)
    with pytest.raises(NotAuthenticatedError):
        await documents.own_document(Actor(), lea, document.id)
    assert await _reads(container, document.id) == []


async def test_an_organisations_documents_are_for_those_who_run_it(
    container: Container, cast: Cast, rival: Subject, submitted: Submitted
) -> None:
    assert rival.organization_id is not None
    await submitted(cast.stranger, rival)
    document = (await view(container, cast.stranger, rival)).documents[0]
    async with unit_of_work(SYSTEM, container) as uow:
        second = await add_person(uow, "sara", (rival.organization_id, Role.MANAGER))
        learner = await add_person(uow, "luc", (rival.organization_id, Role.LEARNER))
    for actor in (cast.stranger, second):
        assert (await documents.own_document(actor, rival, document.id)).content == CONTENT
    for actor in (learner, cast.lea, cast.marc, cast.olga):
        with pytest.raises(PermissionDeniedError):
            await documents.own_document(actor, rival, document.id)
    assert await _reads(container, document.id) == []
    # The platform's administrator reads as a reviewer, by whatever way: it is written down.
    await documents.own_document(cast.ada, rival, document.id)
    assert await _reads(container, document.id) == [(cast.ada.user_id, 0)]
    # The number of a document of another subject opens nothing under one's own.
    with pytest.raises(DocumentNotFoundError):
        await documents.own_document(cast.marc, Subject(organization_id=cast.company), document.id)


async def test_each_reading_by_a_reviewer_is_written_down(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted
) -> None:
    await submitted(cast.lea, lea)
    document = (await view(container, cast.lea, lea)).documents[0]
    assert (await documents.reviewed_document(cast.ada, document.id)).content == CONTENT
    drawn = await documents.reviewed_document(cast.ada, document.id, 2)
    assert (drawn.media_type, drawn.content) == ("image/jpeg", b"picture 2")
    with pytest.raises(DocumentNotFoundError):
        await documents.reviewed_document(cast.ada, document.id, 3)
    assert await _reads(container, document.id) == [(cast.ada.user_id, 0), (cast.ada.user_id, 2)]


async def test_who_may_not_review_reads_nothing(
    container: Container, cast: Cast, lea: Subject, submitted: Submitted
) -> None:
    await submitted(cast.lea, lea)
    document = (await view(container, cast.lea, lea)).documents[0]
    for actor in (Actor(), cast.lea, cast.marc, cast.olga, cast.stranger):
        with pytest.raises(PygmalionError) as refused:
            await documents.reviewed_document(actor, document.id, 1)
        assert refused.value.status in {401, 403}
    await submitted(cast.ada, policy.oneself(cast.ada))
    own = (await view(container, cast.ada, policy.oneself(cast.ada))).documents[0]
    with pytest.raises(OwnCaseError):
        await documents.reviewed_document(cast.ada, own.id)
    assert await _reads(container, own.id) == []


async def test_nobody_looks_at_documents_that_were_not_submitted(cast: Cast, lea: Subject, send: Send) -> None:
    document = await send(cast.lea, lea, DocumentKind.PASSPORT)
    with pytest.raises(DocumentNotFoundError):
        await documents.reviewed_document(cast.ada, document.id)


async def test_the_store_holds_no_plain_document(container: Container, cast: Cast, lea: Subject, send: Send) -> None:
    document = await send(cast.lea, lea, DocumentKind.PASSPORT)
    stored = await container.ports.files.get(documents.file_key(document.id))
    assert CONTENT not in stored
    kept = [path for path in container.settings.pygmalion_home.rglob("*") if path.is_file()]
    assert not any(CONTENT in path.read_bytes() for path in kept)


async def test_a_file_swapped_between_owners_does_not_open(
    container: Container, cast: Cast, lea: Subject, send: Send
) -> None:
    marc = policy.oneself(cast.marc)
    hers = await send(cast.lea, lea, DocumentKind.PASSPORT)
    his = await send(cast.marc, marc, DocumentKind.PASSPORT)
    # Somebody with the whole store and the whole database: file and wrapped key of one put in the other's place.
    files = container.ports.files
    await files.put(documents.file_key(his.id), await files.get(documents.file_key(hers.id)))
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(
            text(
                "UPDATE kyc_documents SET wrapped_key = (SELECT wrapped_key FROM kyc_documents WHERE id = :hers)"
                " WHERE id = :his"
            ),
            {"hers": hers.id, "his": his.id},
        )
    with pytest.raises(DocumentUnreadableError):
        await documents.own_document(cast.marc, marc, his.id)
    assert (await documents.own_document(cast.lea, lea, hers.id)).content == CONTENT


@pytest.mark.parametrize("table", ["kyc_cases", "kyc_documents", "kyc_transitions"])
async def test_the_database_alone_shows_nobody_elses(
    container: Container, cast: Cast, lea: Subject, rival: Subject, submitted: Submitted, table: str
) -> None:
    await submitted(cast.lea, lea)
    await submitted(cast.stranger, rival)

    async def seen(actor: Actor) -> tuple[int, int]:
        """Return how many of a person's rows and of the rival company's an actor sees without any policy of ours."""
        async with unit_of_work(actor, container) as uow:
            query = (
                f"SELECT count(*) FILTER (WHERE user_id IS NOT NULL), count(*) FILTER (WHERE organization_id = :rival)"
                f" FROM {table}"
            )
            found = (await uow.session.execute(text(query), {"rival": rival.organization_id})).one()
            return found[0], found[1]

    assert await seen(cast.lea) == (1, 0)
    assert await seen(cast.stranger) == (0, 1)
    assert await seen(cast.ada) == (1, 1)
    for actor in (Actor(), cast.marc, cast.olga, cast.tom):
        assert await seen(actor) == (0, 0)
