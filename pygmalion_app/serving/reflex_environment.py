"""What Reflex is told by variables. It reads some when it is imported, so nothing here imports it.

Imported without `REFLEX_ENV_MODE` it looks through every value that a handler sets, as in development: a tenth of the
catalogue's search, for good.
"""

from pathlib import Path


def environment(home: Path, *, serving: bool) -> dict[str, str]:
    """Return the variables that make Reflex keep everything under `home`, for building or for serving."""
    variables = {
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_WEB_WORKDIR": str(home / "web"),
        "REFLEX_DIR": str(home / "reflex"),
        "REFLEX_STATES_WORKDIR": str(home / "states"),
        "REFLEX_UPLOADED_FILES_DIR": str(home / "uploads"),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_USE_NPM": "1",
    }
    if serving:
        variables["__REFLEX_SKIP_COMPILE"] = "true"
    return variables
