"""Secrets that must not reach a log."""

import logging

import pytest

from pygmalion_app.serving.logs import install_redaction, redact


@pytest.mark.parametrize(
    "text",
    [
        "headers: {'host': 'x', 'cookie': 'pygmalion=s3cr3t; locale=fr', 'accept': '*/*'}",
        "[(b'host', b'x'), (b'cookie', b'pygmalion=s3cr3t'), (b'accept', b'*/*')]",
        "Authorization: Bearer s3cr3t",
        "Set-Cookie: pygmalion=s3cr3t; HttpOnly",
        '{"password": "s3cr3t", "email": "a@b.example"}',
        "Stripe-Signature: t=1,v1=s3cr3t",
    ],
)
def test_values_of_secret_headers_and_fields_are_removed(text: str) -> None:
    assert "s3cr3t" not in redact(text)


def test_ordinary_text_stays_as_it_is() -> None:
    text = "job 7 (certificates.issue) was left by a dead worker: queued again"
    assert redact(text) == text


def test_every_logger_is_covered(caplog: pytest.LogCaptureFixture) -> None:
    before = logging.getLogRecordFactory()
    try:
        install_redaction()
        logging.getLogger("reflex").warning("unknown handler, headers %s", {"cookie": "pygmalion=s3cr3t"})
    finally:
        logging.setLogRecordFactory(before)
    assert "s3cr3t" not in caplog.text
    assert "unknown handler" in caplog.text
