"""Which passwords are taken."""

import pytest

from pygmalion_app.accounts import common_passwords
from pygmalion_app.accounts.errors import WeakPasswordError
from pygmalion_app.accounts.passwords import check_acceptable, hash_password, verify_password
from pygmalion_app.core.i18n import translate

EMAIL = "helene.martin@aeroport-services.example"
NAMES = ("Hélène", "O'Brien-Martin")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevenchars", "length"),
        ("x7-" * 67, "length"),
        ("abababababababab", "repetitive"),
        ("helene.martin2026", "personal"),
        ("HÉLÈNE-obrien-26", "personal"),
        ("Aeroport-Services1", "personal"),
        ("pygmalion2026!", "personal"),
        ("__pygmalion__--2026--!!", "personal"),
        ("1q2w3e4r5t6y", "common"),
        ("QWERTYUIOP123", "common"),
        ("P@ssw0rd2026!", "common"),
        ("Motdepasse2026!", "common"),
        ("...sunshine2026", "common"),
    ],
)
def test_refused_with_a_reason_that_helps(password: str, reason: str) -> None:
    with pytest.raises(WeakPasswordError) as refused:
        check_acceptable(password, email=EMAIL, names=NAMES)
    assert refused.value.facts["reason"] == reason
    assert refused.value.field == "password"
    texts = {translate(locale, "error-weak_password", **refused.value.facts) for locale in ("fr", "en")}
    assert len(texts) == 2
    assert not any(password in text for text in texts)


@pytest.mark.parametrize(
    "password",
    [
        "le chat dort sur la piste",
        "correct horse battery staple",
        "helene aime le vol à voile",
        "(*&^%$#@!)(*&^",
        "日本語のパスワードです長い",
        "xkTzQvWmPbRd",
        "e" + "é7ü-" * 49,
    ],
)
def test_no_composition_is_asked_for(password: str) -> None:
    check_acceptable(password, email=EMAIL, names=NAMES)


def test_few_good_passwords_are_taken_for_common_ones() -> None:
    made_up = [f"{number * 7919:x} vol {number * 104729:x}" for number in range(1, 20_000)]
    assert sum(map(common_passwords.is_common, made_up)) < 20


async def test_stored_as_argon2id_with_a_salt_and_exactly_as_typed() -> None:
    first, second = await hash_password("le chat  dort "), await hash_password("le chat  dort ")
    assert first.startswith("$argon2id$")
    assert first != second
    assert await verify_password("le chat  dort ", first)
    assert not await verify_password("le chat dort", first)
    assert not await verify_password("le chat  dort ", None)
