"""The administrators' page of sign-ins and orders to look at."""

from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.ui.risk.state import RiskState
from tests.cast import Cast
from tests.risk.test_risk import CHROME, ago, assess, sign_in
from tests.ui.conftest import _pages, visit  # noqa: F401 - fixtures
from tests.ui_private.conftest import Open, open_as  # noqa: F401 - a fixture


async def test_an_administrator_reads_the_reasons_and_decides(
    container: Container,
    cast: Cast,
    open_as: Open[RiskState],  # noqa: F811
) -> None:
    await ago(await sign_in(cast.lea.user_id, country="FR"), hours=2)
    await sign_in(cast.lea.user_id, "198.51.100.7", CHROME, country="BR")
    await assess()
    state = await open_as(RiskState, "/en/admin/risk", cast.ada)
    await RiskState.load.fn(state)
    assert "50 points" in state.lead
    (row,) = state.rows
    assert (row.name, row.kind, row.score, row.tone) == ("Lea Test", "Sign-in", "60", "warn")
    assert row.reasons[0].startswith("Another country")
    assert await RiskState.see.fn(state, row.id) is None
    assert [reason.points for reason in state.reasons] == ["+45", "+15"]
    await RiskState.decide.fn(state, {"decision": "note", "note": "  "})
    assert state.note_error == "Write the note."
    await RiskState.decide.fn(state, {"decision": "note", "note": "On holiday <b>there</b>"})
    assert (state.note_error, [one.note for one in state.history]) == ("", ["On holiday <b>there</b>"])
    await RiskState.decide.fn(state, {"decision": "approve", "note": ""})
    assert (state.rows, state.chosen) == ([], "")
    await RiskState.choose_state.fn(state, "approved")
    assert [one.name for one in state.rows] == ["Lea Test"]
    await RiskState.choose_kind.fn(state, "order")
    assert state.rows == []
    for nonsense in ("", "0", "' OR 1=1", "open"):
        await RiskState.choose_state.fn(state, nonsense)
        await RiskState.choose_kind.fn(state, nonsense)
        await RiskState.see.fn(state, nonsense)
    assert state.state == "open"
