"""Names and addresses as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pygmalion_app.ui.enrollments.people import BadLine, Pasted, parse_people

MARIE = Pasted("marie.dupont@escale.example", "Marie", "Dupont")


@pytest.mark.parametrize(
    "line",
    [
        "Marie\tDupont\tmarie.dupont@escale.example",
        "Marie;Dupont;Marie.Dupont@Escale.example",
        "marie.dupont@escale.example, Marie, Dupont",
        '"Marie","Dupont","marie.dupont@escale.example"',
        "Marie Dupont <marie.dupont@escale.example>",
        "Marie Dupont;marie.dupont@escale.example;Agent de piste;CDG",
        "  marie.dupont@escale.example  ",
        "﻿Marie | Dupont | marie.dupont@escale.example",
    ],
)
def test_one_person_in_every_spelling(line: str) -> None:
    people, bad = parse_people(line)
    assert bad == []
    assert people[0].email == MARIE.email
    if line.count(";") < 3:
        assert people == [MARIE]


def test_capitals_are_the_family_name_wherever_they_stand() -> None:
    people, _ = parse_people("LE GOFF;Yann;y@a.example\nYann;LE GOFF;y@a.example\nLE GOFF Yann <y@a.example>")
    assert people == [Pasted("y@a.example", "Yann", "LE GOFF")] * 3


def test_a_heading_says_which_name_comes_first() -> None:
    people, bad = parse_people("Nom\tPrénom\tE-mail\nDupont\tMarie\tmarie.dupont@escale.example")
    assert (people, bad) == ([MARIE], [])
    people, bad = parse_people("First name,Last name,Mail\nMarie,Dupont,marie.dupont@escale.example")
    assert (people, bad) == ([MARIE], [])


def test_what_cannot_be_read_is_told_by_line_and_stops_nothing() -> None:
    people, bad = parse_people("Jean Dupuis\n\nMarie;Dupont;marie.dupont@escale.example\nx7@escale.example\n;;;\n")
    assert people == [MARIE]
    assert bad == [BadLine(1, "Jean Dupuis", "email"), BadLine(4, "x7@escale.example", "name")]


@given(st.text(max_size=300))
def test_nothing_that_is_pasted_breaks_it(text: str) -> None:
    people, bad = parse_people(text)
    assert all(person.first_name and person.last_name and "@" in person.email for person in people)
    assert len(people) + len(bad) <= len(text.splitlines())
