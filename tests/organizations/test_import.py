"""People as CSV files: faults by line and column, all or nothing, and nothing that a file can break."""

import codecs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.notifications.models import OutgoingEmail
from pygmalion_app.organizations.import_csv import MOST_LINES, Fault, read
from pygmalion_app.organizations.models import Invitation
from tests.cast import Cast
from tests.organizations.conftest import Call, Letters
from tests.ui_private.conftest import RunJobs

ROLES = (Role.LEARNER, Role.MANAGER)
HEAD = "email;firstName;lastName;role;jobRole\n"
GOOD = HEAD + "zoe@test.example;Zoé;Le Goff;learner;Agent\nbob@test.example;Bob;Roux;Responsable d'équipe;\n"


def faults(text: str) -> list[tuple[int, str, str]]:
    """Return where what is wrong."""
    return [(fault.line, fault.column, fault.code) for fault in read(text.encode(), ROLES).faults]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        codecs.BOM_UTF8 + GOOD.encode(),
        GOOD.encode("latin-1"),
        GOOD.replace(";", ",").encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        b"\n\n" + GOOD.encode() + b"\n;;;;\n\n",
        GOOD.replace(HEAD, "E-mail;Prénom;Nom;Rôle;Fonction\n").encode(),
        GOOD.replace("Le Goff", "Le\u00a0Goff").encode(),
    ],
)
def test_one_list_in_every_spelling(content: bytes) -> None:
    sheet = read(content, ROLES)
    assert sheet.faults == []
    assert next((row.email, row.first_name, row.last_name, row.role, row.job_role) for row in sheet.rows) == (
        "zoe@test.example", "Zoé", "Le Goff", Role.LEARNER, "Agent",
    )  # fmt: skip


def test_a_role_is_known_by_its_code_or_its_name_in_either_language() -> None:
    rows = "".join(f"p{i}@test.example;{role}\n" for i, role in enumerate(["", "LEARNER", "Apprenant", "Team manager"]))
    assert [row.role for row in read(("email;role\n" + rows).encode(), ROLES).rows] == [
        Role.LEARNER, Role.LEARNER, Role.LEARNER, Role.MANAGER,
    ]  # fmt: skip


def test_every_fault_is_told_by_line_and_column() -> None:
    text = (
        HEAD
        + "zoe@test.example;Zoé;L;learner;\n"
        + "not an address;A;B;king;\n"
        + ";A;B;learner;\n"
        + 'eve@test.example;"=HYPERLINK(""http://evil.example"")";B;learner;\n'
        + "eve@test.example;@SUM(A1);+B;learner;-1\n"
        + 'eve@test.example;"Eve\nBcc: all@example.com";B;learner;\n'
        + "eve@test.example;www.evil.example;B;learner;\n"
        + f"eve@test.example;{'x' * 81};B;learner;\n"
        + "eve@test.example;A;B;learner;Agent;more\n"
    )
    assert faults(text) == [
        (3, "email", "email"),
        (3, "role", "role"),
        (4, "email", "email_missing"),
        (5, "firstName", "formula"),
        (6, "firstName", "formula"),
        (6, "lastName", "formula"),
        (6, "jobRole", "formula"),
        (7, "firstName", "not_plain"),
        (9, "firstName", "not_plain"),
        (10, "firstName", "too_long"),
        (11, "", "extra_cells"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (HEAD.encode(), "empty"),
        (b"Zoe;Le Goff\n", "no_heading"),
        (b"email;salary\nzoe@test.example;1\n", "unknown_column"),
        (b"email;mail\nzoe@test.example;x\n", "repeated_column"),
        (b"PK\x03\x04\x14\x00", "not_text"),
        ("email\nzoe@test.example\n".encode("utf-16"), "not_text"),
        (b'email;role\n"zoe@test.example;learner\n', "unreadable"),
        (b"email\n" + b"x" * 1_000_001, "too_large"),
        (b"email\n" + b"a@test.example\n" * (MOST_LINES + 1), "too_many_lines"),
    ],
)
def test_a_file_that_is_no_list_says_so(content: bytes, code: str) -> None:
    assert [fault.code for fault in read(content, ROLES).faults] == [code]


def test_repeated_lines_count_once() -> None:
    sheet = read((GOOD + "ZOE@test.example;Z;L;Learner;\n").encode(), ROLES)
    assert (len(sheet.rows), sheet.repeated, sheet.faults) == (2, 1, [])


CELL = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["zoe@test.example", "=1+1", "@x", "learner", '"', ";", "\r\n", "\t", "é", "king", "\u2028"]),
)


@given(st.one_of(st.binary(max_size=400), st.lists(st.lists(CELL, max_size=6), max_size=6).map(
    lambda rows: (HEAD + "\n".join(";".join(row) for row in rows)).encode("utf-8", "ignore"))))  # fmt: skip
def test_nothing_in_a_file_breaks_the_reading(content: bytes) -> None:
    sheet = read(content, ROLES)
    assert sheet.rows or sheet.faults
    for row in sheet.rows:
        assert row.role in ROLES
        for text in (row.email, row.first_name, row.last_name, row.job_role):
            assert text.isprintable() or not text
            assert not text.startswith(("=", "+", "-", "@"))
    assert all(isinstance(fault, Fault) and fault.line >= 1 for fault in sheet.faults)


async def count(container: Container) -> tuple[int, int]:
    """Return how many invitations and mails there are."""
    async with unit_of_work(SYSTEM, container) as uow:
        invitations = (await uow.session.execute(select(func.count()).select_from(Invitation))).scalar_one()
        mails = (await uow.session.execute(select(func.count()).select_from(OutgoingEmail))).scalar_one()
        return invitations, mails


async def test_looking_changes_nothing_and_taking_invites_everybody_once(
    call: Call, cast: Cast, container: Container, run_jobs: RunJobs, letters: Letters
) -> None:
    path = f"/organizations/{cast.company}/invitations/import"
    text = GOOD + "lea@test.example;Lea;Test;learner;\nzoe@test.example;Zoé;Le Goff;learner;\n"
    seen = (await call(cast.marc, "post", path, content=text, params={"dryRun": "true"})).json()["data"]
    assert {name: seen[name] for name in ("lines", "toInvite", "alreadyMembers", "repeated", "faultCount")} == {
        "lines": 4, "toInvite": 2, "alreadyMembers": 1, "repeated": 1, "faultCount": 0,
    }  # fmt: skip
    assert [row["line"] for row in seen["sample"]] == [2, 3]
    assert await count(container) == (0, 0)

    taken = (await call(cast.marc, "post", path, content=text)).json()["data"]
    assert (taken["invited"], taken["alreadyMembers"], taken["repeated"]) == (2, 1, 1)
    await run_jobs()
    assert await count(container) == (2, 2)
    assert (
        "/invitations/" in (await letters("zoe@test.example"))[0].text or (await letters("zoe@test.example"))[0].sent_at
    )
    again = (await call(cast.marc, "post", path, content=text)).json()["data"]
    assert (again["invited"], again["alreadyInvited"]) == (0, 2)
    await run_jobs()
    assert await count(container) == (2, 2)


async def test_one_fault_and_nobody_is_invited(call: Call, cast: Cast, container: Container) -> None:
    path = f"/organizations/{cast.company}/invitations/import"
    answer = await call(cast.marc, "post", path, content=GOOD + "nobody;N;B;learner;\n")
    assert (answer.status_code, answer.json()["code"]) == (422, "import_refused")
    assert answer.json()["errors"] == [{"line": 4, "column": "email", "code": "email", "detail": ""}]
    assert await count(container) == (0, 0)
    for actor, status in ((None, 401), (cast.lea, 403), (cast.stranger, 403)):
        assert (await call(actor, "post", path, content=GOOD)).status_code == status


async def test_the_page_sends_its_file_with_the_session_and_no_other_site_can(
    call: Call, cast: Cast, container: Container
) -> None:
    answer = await call(cast.marc, "post", f"/../../organisation/{cast.company}/import", content=GOOD)
    assert answer.status_code == 403
    evil = await call(
        cast.marc, "post", f"/../../organisation/{cast.company}/import", content=GOOD,
        headers={"Origin": "https://evil.example"},
    )  # fmt: skip
    assert evil.status_code == 403


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=300), st.lists(CELL, max_size=8).map(
    lambda cells: (HEAD + ";".join(cells)).encode("utf-8", "ignore"))))  # fmt: skip
async def test_no_file_is_an_error_of_ours_or_half_an_import(
    call: Call, cast: Cast, container: Container, content: bytes
) -> None:
    path = f"/organizations/{cast.company}/invitations/import"
    before, _ = await count(container)
    answer = await call(cast.ada, "post", path, content=content)
    assert answer.status_code in {200, 422, 429}
    after, _ = await count(container)
    assert after - before == (answer.json()["data"]["invited"] if answer.status_code == 200 else 0)
