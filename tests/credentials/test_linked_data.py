"""What a credential says, spelled in the one way that is signed: the quick way there leads where the plain one does."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.credentials.document import OWN, Facts, unsigned
from pygmalion_app.certificates.credentials.linked_data import canonical_statements

_DAY = date(2026, 11, 20)
_CONTENT = Content(
    id=UUID(int=1), number="PYG-2026-7QK4-9F3D", holder="Léa Test", course="Sûreté", course_en="Security",
    category="SECURITY", modality="PRESENTIEL", duration_minutes=420, legal_basis="UE 2015/1998",
    organization="École", organization_slug="ecole", siret="12345678900011", nda="11 75 12345 75",
    location="Paris CDG", language="fr", starts_on=_DAY, ends_on=_DAY, completed_on=_DAY, issued_on=_DAY,
    valid_until=None, locale="fr",
)  # fmt: skip


def credential(content: dict[str, Any] | None = None, **facts: Any) -> dict[str, Any]:
    """Return a credential that is not signed yet."""
    said: dict[str, Any] = {
        "course_id": UUID(int=2),
        "issued_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        "valid_until": None,
        "issuer": "did:web:pygmalion.example:organizations:ecole",
        "issuer_page": "https://pygmalion.example/fr/organismes/ecole",
        "verification_url": "https://pygmalion.example/verify/7Jc0m2lJc0m2lJc0m2lJ_-",
        "status_list": "https://pygmalion.example/status/1",
        "status_position": 7,
    }
    return unsigned(Facts(content=_CONTENT.model_copy(update=content or {}), **(said | facts)))


_TEXT = st.text(max_size=12) | st.text(alphabet='"\\\n\u2028 :_<>@.c14n0', max_size=8)


@settings(max_examples=20, deadline=None)
@given(holder=_TEXT, number=_TEXT, organization=_TEXT, position=st.integers(0, 131_071))
@example("name", "name", "x", 0)
@example("own-0", "_:c14n0 .", '" _:c14n1 .', 1)
@example("https://pygmalion.example/status/1", "urn:uuid:00000000-0000-0000-0000-000000000002", "", 2)
@example("@type", "cred:thing", "\u2028", 3)
def test_whatever_is_said(holder: str, number: str, organization: str, position: int) -> None:
    said = {"holder": holder, "number": number, "organization": organization}
    document = credential(said, status_position=position)
    assert canonical_statements(document, OWN) == canonical_statements(document)


@pytest.mark.parametrize(
    "facts",
    [
        {"verification_url": "https://pygmalion.example/status/1#7"},
        {"verification_url": "https://pygmalion.example/fr/organismes/ecole"},
        {"verification_url": "not an address"},
        {"verification_url": "verify/1"},
        {"verification_url": "http://127.0.0.1:3000/verify/1"},
        {"course_id": UUID(int=1)},
        {"issued_at": datetime(2026, 11, 20, tzinfo=UTC)},
    ],
)
def test_wherever_it_leads(facts: dict[str, Any]) -> None:
    document = credential(None, **facts)
    assert canonical_statements(document, OWN) == canonical_statements(document)


def test_nothing_of_one_credential_is_in_the_next() -> None:
    first, second = (credential({"id": UUID(int=n), "holder": f"Holder {n}", "number": f"N-{n}"}) for n in (8, 9))
    assert b'"Holder 8"' in canonical_statements(first, OWN)
    assert canonical_statements(second, OWN) == canonical_statements(second)
