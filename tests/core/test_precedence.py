"""Work that follows by itself stands back behind whoever waits for an answer."""

import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from pygmalion_app import bootstrap, worker
from pygmalion_app.core.precedence import FOLLOW_UP
from pygmalion_app.serving import logs

_ASK = """
import os
from pathlib import Path
from pygmalion_app.core.precedence import stand_back
before = os.nice(0)
stand_back()
group = Path("/proc/self/autogroup")
print(os.nice(0) - before, group.read_text().split()[-1] if group.exists() else "none")
"""


@pytest.mark.parametrize(("leads_its_session", "weight"), [(True, str(FOLLOW_UP)), (False, "0")])
def test_it_stands_back_among_processes_and_among_sessions_if_it_leads_one(
    leads_its_session: bool, weight: str
) -> None:
    # The inner one is a child of the session's leader.
    ask = [sys.executable, "-c", _ASK]
    inner = [sys.executable, "-c", f"import subprocess; subprocess.run({ask!r}, check=True)"]
    run = subprocess.run(
        ask if leads_its_session else inner,
        check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2], start_new_session=True,
    )  # fmt: skip
    assert run.stdout.split() in ([str(FOLLOW_UP), weight], [str(FOLLOW_UP), "none"])


async def test_the_worker_stands_back_before_its_first_job(monkeypatch: pytest.MonkeyPatch) -> None:
    class StoppedHereError(Exception):
        pass

    stood_back = Mock()
    monkeypatch.setattr(worker, "stand_back", stood_back)
    monkeypatch.setattr(bootstrap, "build", Mock(side_effect=StoppedHereError))
    monkeypatch.setattr(worker, "collector", Mock())
    monkeypatch.setattr(logs, "install_redaction", Mock())
    with pytest.raises(StoppedHereError):
        await worker.main()
    stood_back.assert_called_once_with()
