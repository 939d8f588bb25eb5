"""Settings refuse what would be unsafe."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from pygmalion_app import bootstrap
from pygmalion_app.adapters.payments.testmode import gateway
from pygmalion_app.core.clock import SystemClock
from pygmalion_app.core.config import Environment, Settings
from pygmalion_app.core.db import create_engine

URL = "postgresql://nobody@/nowhere?host=/nowhere"


def test_production_names_every_missing_part() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(environment=Environment.PRODUCTION)
    needed = ("DATABASE_URL", "SMTP_URL", "STRIPE_SECRET_KEY", "CHAIN_RPC_URLS", "PUBLIC_URL", "SESSION_SECRET")
    for name in (*needed, "PLATFORM_ADDRESS", "PLATFORM_SIRET", "PLATFORM_VAT_NUMBER", "PLATFORM_IBAN"):
        assert name in str(refused.value)


def test_development_routes_follow_the_embedded_parts() -> None:
    embedded = Settings()
    assert {route.path for router in bootstrap.development_routers(embedded) for route in router.routes} >= {  # pyright: ignore[reportAttributeAccessIssue]
        "/api/v1/dev/mailbox",
        "/api/v1/dev/pay/{checkout_id}",
    }
    real = Settings(smtp_url=SecretStr("smtp://mail.test.example"), stripe_secret_key=SecretStr("sk_test_x"))
    assert bootstrap.development_routers(real) == []


def test_a_live_key_is_never_served_by_the_test_gateway(tmp_path: Path) -> None:
    settings = Settings(pygmalion_home=tmp_path, database_url=SecretStr(URL), stripe_secret_key=SecretStr("sk_live_x"))
    with pytest.raises(ValueError, match="production"):
        bootstrap.build(settings)
    with pytest.raises(ValueError, match="live"):
        gateway.TestmodeGateway(create_engine(URL, 1), settings, SystemClock())


def test_a_stripe_key_chooses_stripe(tmp_path: Path) -> None:
    settings = Settings(pygmalion_home=tmp_path, database_url=SecretStr(URL), stripe_secret_key=SecretStr("sk_test_x"))
    assert bootstrap.build(settings).ports.payments.name == "Stripe"


def test_secrets_do_not_show() -> None:
    shown = repr(Settings(session_secret=SecretStr("open-sesame"), database_url=SecretStr("postgresql://u:hush@h/d")))
    assert "open-sesame" not in shown
    assert "hush" not in shown
