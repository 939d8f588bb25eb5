"""Files encrypted at rest: bound to their owner and to themselves, and to no key for ever."""

import base64
import json
from pathlib import Path

import pytest

from pygmalion_app.core.config import Settings
from pygmalion_app.core.envelope import KeyRing, TamperedError, UnknownKeyError, WrappedKey, key_ring
from pygmalion_app.launch.secrets import ensure_secrets

OLD, NEW = KeyRing({"a": b"1" * 32}, "a"), KeyRing({"a": b"1" * 32, "b": b"2" * 32}, "b")


def test_a_file_comes_back() -> None:
    sealed, wrapped = OLD.seal(b"content", b"lea/1")
    assert OLD.open(sealed, wrapped, b"lea/1") == b"content"
    assert b"content" not in sealed


def test_equal_files_share_neither_key_nor_ciphertext() -> None:
    (first, one), (second, two) = OLD.seal(b"content", b"lea/1"), OLD.seal(b"content", b"lea/1")
    assert first != second
    assert one.value != two.value
    with pytest.raises(TamperedError):
        OLD.open(first, two, b"lea/1")


@pytest.mark.parametrize("elsewhere", [b"marc/1", b"lea/2", b""])
def test_a_file_opens_for_its_owner_and_place_alone(elsewhere: bytes) -> None:
    sealed, wrapped = OLD.seal(b"content", b"lea/1")
    with pytest.raises(TamperedError):
        OLD.open(sealed, wrapped, elsewhere)


@pytest.mark.parametrize("at", [0, 11, 12, -1])
def test_every_altered_byte_is_noticed(at: int) -> None:
    sealed, wrapped = OLD.seal(b"content", b"lea/1")
    altered = bytearray(sealed)
    altered[at] ^= 1
    with pytest.raises(TamperedError):
        OLD.open(bytes(altered), wrapped, b"lea/1")
    for cut in (b"", sealed[:5], sealed[:-1]):
        with pytest.raises(TamperedError):
            OLD.open(cut, wrapped, b"lea/1")


def test_a_key_wrapped_anew_opens_the_same_file() -> None:
    sealed, wrapped = OLD.seal(b"content", b"lea/1")
    again = NEW.rewrap(wrapped, b"lea/1")
    assert again.key_id == "b"
    assert KeyRing({"b": b"2" * 32}, "b").open(sealed, again, b"lea/1") == b"content"
    with pytest.raises(UnknownKeyError):
        KeyRing({"b": b"2" * 32}, "b").open(sealed, wrapped, b"lea/1")
    with pytest.raises(TamperedError):
        NEW.open(sealed, WrappedKey("a", again.value), b"lea/1")


@pytest.mark.parametrize(
    ("keys", "current"),
    [
        ("", "a"),
        ("[]", "a"),
        ("{}", "a"),
        ('{"a": "short"}', "a"),
        ('{"a": 7}', "a"),
        (json.dumps({"a": base64.b64encode(b"1" * 32).decode()}), "b"),
    ],
)
def test_unusable_keys_are_named_and_not_shown(keys: str, current: str) -> None:
    with pytest.raises(ValueError, match="FILE_KEY") as refused:
        key_ring(keys, current)
    assert "short" not in str(refused.value)


def test_an_installation_makes_its_first_key(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    ensure_secrets(path)
    settings = Settings(_env_file=path)  # pyright: ignore[reportCallIssue]
    sealed, wrapped = settings.file_key_ring.seal(b"content", b"lea/1")
    assert not ensure_secrets(path)
    again = Settings(_env_file=path)  # pyright: ignore[reportCallIssue]
    assert again.file_key_ring.open(sealed, wrapped, b"lea/1") == b"content"
