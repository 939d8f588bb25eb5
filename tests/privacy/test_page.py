"""The page "My data" and the audit page, as their states see them."""

import io
import json
import zipfile
from collections.abc import Awaitable, Callable

import pytest

from pygmalion_app.core import audit
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.privacy import exports
from pygmalion_app.privacy.jobs import do_daily
from pygmalion_app.ui.administration.audit_state import AuditState
from pygmalion_app.ui.privacy.state import ConsentState, ErasureState, ExportState
from tests.cast import Cast
from tests.clock import MovableClock
from tests.ui_private.conftest import Open, _pages, open_as, visit  # noqa: F401 - fixtures

RunJobs = Callable[[], Awaitable[None]]


async def test_an_archive_is_asked_for_made_and_offered(
    container: Container,
    open_as: Open[ExportState],  # noqa: F811
    cast: Cast,
    run_jobs: RunJobs,
) -> None:
    state = await open_as(ExportState, "/fr/privacy", cast.lea)
    await ExportState.load.fn(state)
    assert (state.status, state.path) == ("", "")
    await ExportState.start.fn(state)
    assert state.status == "waiting"
    assert "domaines" in state.progress
    await run_jobs()
    await ExportState.load.fn(state)
    assert state.status == "ready"
    assert "Ko" in state.facts
    async with unit_of_work(cast.lea, container) as uow:
        found = await exports.my_export(uow)
        assert found
        assert state.path == found.download_path
        archive = zipfile.ZipFile(io.BytesIO(await exports.download(uow, found.id)))
    assert json.loads(archive.read("data/account.json"))["account"][0]["email"] == "lea@test.example"


@pytest.mark.parametrize("arguments", [("nothing", True), ("product_news", "maybe"), (None, None), ([], {})])
async def test_any_purpose_is_an_answer_and_no_error(
    open_as: Open[ConsentState],  # noqa: F811
    cast: Cast,
    arguments: tuple[str, bool],
) -> None:
    state = await open_as(ConsentState, "/fr/privacy", cast.lea)
    assert await ConsentState.decide.fn(state, *arguments) is None


async def test_consents_change_and_remember(open_as: Open[ConsentState], cast: Cast) -> None:  # noqa: F811
    state = await open_as(ConsentState, "/en/privacy", cast.lea)
    await ConsentState.load.fn(state)
    assert [row.given for row in state.rows] == [False, False]
    await ConsentState.decide.fn(state, "product_news", True)
    await ConsentState.decide.fn(state, "product_news", False)
    news = state.rows[0]
    assert (news.given, news.since[:17]) == (False, "Consent withdrawn")
    assert [one[:13] for one in news.history] == ["Consent given"]


async def test_an_erasure_asks_who_it_is_waits_and_can_be_taken_back(
    open_as: Open[ErasureState],  # noqa: F811
    cast: Cast,
    clock: MovableClock,
) -> None:
    state = await open_as(ErasureState, "/fr/privacy", cast.lea)
    await ErasureState.load.fn(state)
    assert state.blockers == []
    assert "Certificats" in state.areas
    clock.move(minutes=11)
    assert "reauthenticate-dialog" in str(await ErasureState.confirm.fn(state))
    assert not state.waiting
    fresh = await open_as(ErasureState, "/fr/privacy", cast.lea)
    await ErasureState.confirm.fn(fresh)
    assert fresh.waiting
    assert "effacé le" in fresh.title
    await ErasureState.withdraw.fn(fresh)
    assert not fresh.waiting


async def test_who_alone_runs_an_organisation_is_told_what_to_do(
    open_as: Open[ErasureState],  # noqa: F811
    cast: Cast,
) -> None:
    state = await open_as(ErasureState, "/fr/privacy", cast.olga)
    await ErasureState.load.fn(state)
    (blocker,) = state.blockers
    assert blocker.startswith("Vous êtes seul à gérer Ecole du Ciel : donnez d'abord ce rôle à un collègue")
    await ErasureState.confirm.fn(state)
    assert not state.waiting


async def test_administrators_filter_the_trail_and_verify_it(
    container: Container,
    open_as: Open[AuditState],  # noqa: F811
    cast: Cast,
) -> None:
    async with unit_of_work(cast.olga, container) as uow:
        for number in range(30):
            await audit.record(uow, "course.published", organization_id=cast.school, facts={"number": number})
        await audit.record(uow, "session.cancelled", subject_id=cast.session, organization_id=cast.school)
    await do_daily()
    state = await open_as(AuditState, "/fr/admin/audit", cast.ada)
    await AuditState.load.fn(state)
    assert state.pages == 2
    assert len(state.rules) > 20
    assert all(rule.last for rule in state.rules)
    await AuditState.narrow.fn(state, {"action": "session.", "organization": str(cast.school)})
    (row,) = state.rows
    assert (row.action, row.actor, row.organization) == ("session.cancelled", "Olga Test", "Ecole du Ciel")
    assert state.export_path.endswith(f"action=session.&organizationId={cast.school}")
    await AuditState.narrow.fn(state, {"person": "nobody", "since": "soon"})
    assert state.person_error
    assert state.since_error
    await AuditState.verify.fn(state)
    assert (state.chain, state.chain_tone) == ("La chaîne est intacte : 31 événements", "ok")
