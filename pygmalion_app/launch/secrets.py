"""Keys that an installation makes for itself on first start."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _signing_key() -> str:
    # Imported on first start only: the supervisor stays in memory for as long as the product runs.
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return '"' + pem.strip().replace("\n", "\\n") + '"'


_FIRST_FILE_KEY = "k1"
_MAKERS: dict[str, Callable[[], str]] = {
    "SESSION_SECRET": _random_key,
    "JWT_PRIVATE_KEY": _signing_key,
    "PUSH_PRIVATE_KEY": _signing_key,
    "STRIPE_WEBHOOK_SECRET": lambda: "whsec_" + secrets.token_hex(24),
    "STRIPE_CONNECT_WEBHOOK_SECRET": lambda: "whsec_" + secrets.token_hex(24),
    "FILE_KEYS": lambda: f'\'{{"{_FIRST_FILE_KEY}": "{_random_key()}"}}\'',
    "FILE_KEY_CURRENT": lambda: _FIRST_FILE_KEY,
}


def ensure_secrets(path: Path) -> bool:
    """Add the keys that the file has not yet, never changing one that it has; True when any was made.

    The file is replaced in one step and only its owner may read it.
    """
    text = path.read_text() if path.exists() else ""
    present = {line.split("=", 1)[0] for line in text.splitlines() if "=" in line}
    missing = [name for name in _MAKERS if name not in present]
    if missing:
        text += "".join(f"{name}={_MAKERS[name]()}\n" for name in missing)
        temporary = path.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    path.chmod(0o600)
    return bool(missing)
