"""Rows of the enrolment form."""

from dataclasses import dataclass

from pydantic import ValidationError

from pygmalion_app.accounts.schemas import Person
from pygmalion_app.ui.enrollments.people import Pasted
from pygmalion_app.ui.forms import fields_at_fault


@dataclass
class PersonRow:
    """A participant to be; `problem` says why this person cannot be enrolled."""

    email: str
    first_name: str
    last_name: str
    problem: str = ""


@dataclass
class TeamRow:
    """A colleague to tick."""

    email: str
    first_name: str
    last_name: str
    job: str
    enrolled: bool
    chosen: bool = False

    def holds(self, text: str) -> bool:
        """Tell whether a search finds this colleague."""
        return text in f"{self.first_name} {self.last_name} {self.email} {self.job}".lower()


@dataclass
class CompanyRow:
    """A company that the buyer may buy for."""

    id: str
    name: str


def person_of(row: PersonRow) -> Person:
    """Return the participant that a row describes; ValidationError when it cannot be one."""
    return Person(email=row.email, first_name=row.first_name, last_name=row.last_name)


def row_of(person: Pasted) -> PersonRow:
    """Return the row of a person read from a pasted list."""
    return PersonRow(person.email, person.first_name, person.last_name)


def faults_of(row: PersonRow) -> tuple[str, ...]:
    """Return the fields of a person that the service would refuse."""
    try:
        person_of(row)
    except ValidationError as error:
        return fields_at_fault(error)
    return ()
