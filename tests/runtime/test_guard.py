"""Starts that are refused, and keys that are made once."""

import base64
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from pygmalion_app.core.config import Settings
from pygmalion_app.launch.guard import RefusedError, check_port, only_one
from pygmalion_app.launch.paths import Home
from pygmalion_app.launch.secrets import ensure_secrets

_HOLD = """
import sys, time
from pathlib import Path
from pygmalion_app.launch.guard import only_one
from pygmalion_app.launch.paths import Home
with only_one(Home(Path(sys.argv[1])), "http://127.0.0.1:3999"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_on_the_same_home_is_told_who_has_it_and_a_killed_one_frees_it(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _HOLD, tmp_path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(RefusedError, match=f"process {holder.pid}, http://127.0.0.1:3999"),
            only_one(Home(tmp_path), ""),
        ):
            pass
        holder.kill()
        holder.wait()
    with only_one(Home(tmp_path), "http://127.0.0.1:3000"):
        pass


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RefusedError, match=f"port {port}"):
            check_port(Settings(port=port, pygmalion_home=tmp_path))


def test_keys_are_made_once_for_their_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secrets.env"
    assert ensure_secrets(path)
    first = path.read_text()
    path.chmod(0o644)
    assert not ensure_secrets(path)
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for name in ("SESSION_SECRET", "JWT_PRIVATE_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYGMALION_HOME", str(tmp_path))
    settings = Settings.load()
    assert len(base64.b64decode(settings.session_secret.get_secret_value())) == 32
    key = load_pem_private_key(settings.jwt_private_key.get_secret_value().encode(), None)
    assert isinstance(key, EllipticCurvePrivateKey)


def test_a_key_that_a_later_version_needs_is_added_beside_the_others(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    path.write_text("SESSION_SECRET=kept\n")
    assert ensure_secrets(path)
    assert path.read_text().startswith("SESSION_SECRET=kept\n")
    assert "JWT_PRIVATE_KEY=" in path.read_text()
