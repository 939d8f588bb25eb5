"""The serving process has Reflex in its production mode, which Reflex reads when it is imported."""

import os
import subprocess
import sys
from pathlib import Path

from pygmalion_app.launch.paths import PROJECT

_SERVE = """
from pygmalion_app.launch import web
from pygmalion_app.launch.paths import Home

def look(serving):
    serving.close()
    from reflex.state import BaseState
    print("strict" if "__setattr__" in vars(BaseState) else "quick")

web.uvloop.run = look
web.serve(Home.from_environment())
"""


def test_handlers_set_values_without_being_looked_through(tmp_path: Path) -> None:
    variables = {name: value for name, value in os.environ.items() if not name.startswith("REFLEX_")}
    served = subprocess.run(
        [sys.executable, "-c", _SERVE],
        cwd=PROJECT,
        env=variables | {"PYGMALION_HOME": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert served.stdout.strip() == "quick"
