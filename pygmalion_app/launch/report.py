"""The last words of a start: where to go, who to be, what serves each need. No secret but the demo's public one."""

import importlib

from pygmalion_app.core.config import Settings


def ready(settings: Settings, database: str, seconds: float) -> str:
    """Return the text shown once everything answers."""
    lines = ["", f"  Pygmalion is ready after {seconds:.1f} s:  {settings.base_url}", ""]
    if not settings.is_production:
        lines += _accounts()
    lines += ["  served by", *(f"    {need:<10}{backend}" for need, backend in _backends(settings, database)), ""]
    return "\n".join([*lines, "  Ctrl-C stops everything.", ""])


def _backends(settings: Settings, database: str) -> list[tuple[str, str]]:
    home = settings.pygmalion_home.resolve()
    return [
        ("database", database),
        ("payments", "test-mode gateway (no money moves)" if settings.testmode_payments else "Stripe"),
        ("mail", f"in-app mailbox ({settings.base_url}/fr/mailbox)" if settings.embedded_mailbox else "SMTP"),
        (
            "chain",
            f"{len(settings.chain_rpc_urls)} EVM endpoint(s)" if settings.chain_rpc_urls else "embedded EVM chain",
        ),
        ("files", str(home / "files")),
        ("logs", str(home / "logs")),
    ]


def _accounts() -> list[str]:
    try:
        demo = importlib.import_module("pygmalion_app.demo.accounts")
    except ModuleNotFoundError:
        return []
    lines = [f"    {account.email:<34}{account.label}" for account in demo.ACCOUNTS]
    return [f"  demo accounts, password {demo.PASSWORD}", *lines, ""]
