"""The accounts that a visitor of the demonstration may use; printed at start."""

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "Pygmalion-Demo-2026"  # noqa: S105 - public on purpose: it opens demonstration accounts only


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One person to sign in as."""

    name: str
    label: str
    first_name: str
    last_name: str
    job_title: str
    organization: str | None
    """Slug of the organisation in which the person has a role."""
    role: str | None
    job_role: str | None = None
    also: tuple[tuple[str, str], ...] = ()
    """Further organisations (slugs) and the roles there: the frame then offers to switch."""

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.name}@pygmalion.example"


ACCOUNTS: Final = (
    DemoAccount(
        "learner",
        "learner with a booked course and past ones",
        "Camille",
        "Morel",
        "Agente de piste",
        "escale-services-paris",
        "learner",
        "Agent de piste",
    ),
    DemoAccount(
        "manager",
        "manager of Escale Services Paris and its team",
        "Nadia",
        "Benali",
        "Responsable formation",
        "escale-services-paris",
        "manager",
        "Chef d'escale",
    ),
    DemoAccount(
        "of",
        "administrator of Tarmac Formation, a training organisation",
        "Philippe",
        "Garnier",
        "Directeur",
        "tarmac-formation",
        "training_admin",
    ),
    DemoAccount(
        "trainer",
        "trainer at Tarmac Formation, with people to validate",
        "Isabelle",
        "Roche",
        "Formatrice sûreté",
        "tarmac-formation",
        "trainer",
    ),
    DemoAccount(
        "airport",
        "manager of Val d'Yerres airport",
        "Thomas",
        "Lefèvre",
        "Responsable conformité",
        "aeroport-val-d-yerres",
        "airport_manager",
        "Safety manager",
        also=(("vigilance-aeroport", "manager"),),
    ),
    DemoAccount("admin", "administrator of the platform", "Claire", "Dumont", "Administratrice", None, None),
)
