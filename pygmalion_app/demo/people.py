"""Organisations, people and courses of the demonstration, as rows."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from stdnum import iban

from pygmalion_app.demo.accounts import ACCOUNTS
from pygmalion_app.demo.content import course_types, required_by_job, world
from pygmalion_app.demo.ids import demo_id, dice
from pygmalion_app.demo.pedagogy import pedagogy

Rows = defaultdict[str, list[dict[str, Any]]]
INDEPENDENTS: Final = 90
TRAINERS: Final = 2
_REFUNDS: Final = {
    "escale-sud-formation": ((7, 100), (2, 50)),
    "reunion-aero-competences": ((21, 100), (10, 50)),
}
_USUAL_REFUNDS: Final = ((14, 100), (7, 50))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may take part; `company` is a slug, and empty for those who pay for themselves."""

    id: UUID
    company: str = ""
    needs: frozenset[str] = frozenset()
    """Codes of the courses that the job requires."""


@dataclass(slots=True)
class Cast:
    """Everybody and everything that bookings refer to."""

    rows: Rows
    people: list[Person] = field(default_factory=list[Person])
    managers: dict[str, UUID] = field(default_factory=dict[str, UUID])
    trainers: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    accounts: dict[str, UUID] = field(default_factory=dict[str, UUID])


def slug_of(text: str) -> str:
    """Return a text as an address."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def build_cast(now: datetime, password_hash: str) -> Cast:
    """Return the rows of course types, organisations, people, memberships and courses."""
    cast = Cast(rows=defaultdict(list))
    _add_course_types(cast)
    for entry in world()["schools"]:
        _add_organization(cast, entry, "training", now)
    for entry in world()["companies"]:
        _add_organization(cast, entry, entry["kind"], now)
    _add_accounts(cast, now, password_hash)
    _add_teams(cast)
    _add_invitations(cast, now)
    for place, entry in enumerate(world()["schools"]):
        _add_staff(cast, entry["slug"], 1000 + 10 * place)
        _add_courses(cast, entry, now)
    return cast


def _add_course_types(cast: Cast) -> None:
    for course in course_types().values():
        cast.rows["course_types"].append(
            {
                "id": demo_id("type", course.code),
                "code": course.code,
                "title": course.title,
                "title_en": course.texts["title_en"],
                "category": course.category,
                "modalities": list(course.modalities),
                "duration_minutes": course.duration_minutes,
                "validity_months": course.validity_months,
                "validity_anchor": course.validity_anchor,
                "window_months": course.window_months,
                "recency_months": course.recency_months,
                "legal_basis": course.legal_basis,
                "provenance": course.provenance,
            }
        )


def _add_organization(cast: Cast, entry: dict[str, Any], kind: str, now: datetime) -> None:
    certified = entry.get("certified_days")
    cast.rows["organizations"].append(
        {
            "id": demo_id("organization", entry["slug"]),
            "kind": kind,
            "name": entry["name"],
            "slug": entry["slug"],
            "siret": entry["siret"],
            "nda": entry.get("nda"),
            "iban": _iban(entry["siret"]) if kind == "training" else None,
            "city": entry["city"],
            "description": entry["description"],
            "description_en": entry["description_en"],
            "website": entry.get("website", ""),
            "vat_regime": entry.get("vat_regime", "standard_20"),
            "qualiopi_certifier": entry.get("certifier"),
            "qualiopi_valid_until": (now + timedelta(days=certified)).date() if certified else None,
        }
    )


def _iban(siret: str) -> str:
    """Return the IBAN of an account at a bank that there is not."""
    bank, branch, account = "99999", "00001", siret[:11]
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    bban = f"{bank}{branch}{account}{key:02d}"
    return f"FR{iban.calc_check_digits('FR00' + bban)}{bban}"


def _add_accounts(cast: Cast, now: datetime, password_hash: str) -> None:
    for account in ACCOUNTS:
        user_id = cast.accounts[account.name] = demo_id("account", account.name)
        cast.rows["users"].append(
            _user(user_id, account.email, account.first_name, account.last_name, account.job_title)
            | {
                "password_hash": password_hash,
                "status": "active",
                "is_platform_admin": account.name == "admin",
                "email_verified_at": now,
            }
        )
        if account.organization is None or account.role is None:
            continue
        _add_member(cast, user_id, account.organization, account.role, account.job_role)
        for organization, role in account.also:
            _add_member(cast, user_id, organization, role, account.job_role)
        if account.role in {"manager", "airport_manager"}:
            cast.managers[account.organization] = user_id
        elif account.role == "trainer":
            cast.trainers[account.organization].append(user_id)


def _add_teams(cast: Cast) -> None:
    number = 0
    for company in world()["companies"]:
        slug, trade = company["slug"], company["trade"]
        jobs = [job for (of, job) in required_by_job() if of == trade]
        for place in range(company["team"]):
            job = jobs[place % len(jobs)]
            if slug == "escale-services-paris" and place == 0:
                user_id = cast.accounts["learner"]
            else:
                user_id = _add_person(cast, number, slug, job)
                _add_member(cast, user_id, slug, "learner", job)
                number += 1
            cast.people.append(Person(user_id, slug, frozenset(required_by_job()[trade, job])))
            if slug not in cast.managers:
                cast.managers[slug] = user_id
                _add_member(cast, user_id, slug, "manager", job)
    for _ in range(INDEPENDENTS):
        cast.people.append(Person(_add_person(cast, number, "courrier", None)))
        number += 1


def _add_invitations(cast: Cast, now: datetime) -> None:
    """Invitations of the manager's: two wait, one is late. Their links were never mailed; they can be sent again."""
    people = (("ines.caron", "Inès", "Caron", "learner", 5), ("hugo.petit", "Hugo", "Petit", "manager", 3))
    for name, first, last, role, left in (*people, ("paul.martel", "Paul", "Martel", "learner", -2)):
        email = f"{name}@escale-services-paris.example"
        cast.rows["organization_invitations"].append(
            {
                "id": demo_id("invitation", email),
                "organization_id": demo_id("organization", "escale-services-paris"),
                "email": email,
                "first_name": first,
                "last_name": last,
                "role": role,
                "job_role": "Agent de piste" if role == "learner" else None,
                "invited_by": cast.accounts["manager"],
                "sent_at": now + timedelta(days=left - 7),
                "expires_at": now + timedelta(days=left),
                "created_at": now + timedelta(days=left - 7),
            }
        )


def _add_staff(cast: Cast, school: str, number: int) -> None:
    while len(cast.trainers[school]) < TRAINERS:
        user_id = _add_person(cast, number, school, "Formateur")
        _add_member(cast, user_id, school, "trainer", None)
        cast.trainers[school].append(user_id)
        number += 1
    if school != "tarmac-formation":
        _add_member(cast, _add_person(cast, number, school, "Responsable pédagogique"), school, "training_admin", None)


def _add_person(cast: Cast, number: int, domain: str, job_title: str | None) -> UUID:
    names = world()["people"]
    first = names["first"][number % len(names["first"])]
    last = names["last"][(number * 7 + number // len(names["first"])) % len(names["last"])]
    user_id = demo_id("person", number)
    email = f"{slug_of(first)}.{slug_of(last)}@{domain}.example"
    cast.rows["users"].append(_user(user_id, email, first, last, job_title))
    return user_id


def _user(user_id: UUID, email: str, first: str, last: str, job_title: str | None) -> dict[str, Any]:
    """Return a colleague that was enrolled by e-mail and has not signed in yet."""
    return {
        "id": user_id,
        "email": email,
        "password_hash": None,
        "first_name": first,
        "last_name": last,
        "job_title": job_title,
        "locale": "fr",
        "status": "unverified",
        "is_platform_admin": False,
        "email_verified_at": None,
    }


def _add_member(cast: Cast, user_id: UUID, organization: str, role: str, job_role: str | None) -> None:
    cast.rows["organization_members"].append(
        {
            "id": demo_id("member", organization, user_id, role),
            "user_id": user_id,
            "organization_id": demo_id("organization", organization),
            "role": role,
            "job_role": job_role,
        }
    )


def _add_courses(cast: Cast, school: dict[str, Any], now: datetime) -> None:
    tiers = _REFUNDS.get(school["slug"], _USUAL_REFUNDS)
    for code in school["courses"]:
        course, texts = course_types()[code], course_types()[code].texts
        position = min(100, max(0, school["price"] + dice("price", school["slug"], code).randint(-20, 20)))
        published = now - timedelta(days=dice("published", school["slug"], code).randint(60, 400))
        cast.rows["courses"].append(
            {
                "id": demo_id("course", school["slug"], code),
                "organization_id": demo_id("organization", school["slug"]),
                "type_code": code,
                "slug": f"{slug_of(course.title)}-{school['slug']}",
                "title": course.title,
                "title_en": texts["title_en"],
                "description": f"{texts['description']}\n\n{school['means']}",
                "description_en": f"{texts['description_en']}\n\n{school['means_en']}",
                "objectives": texts["objectives"],
                "objectives_en": texts["objectives_en"],
                "prerequisites": texts["prerequisites"],
                "prerequisites_en": texts["prerequisites_en"],
                "bring": texts["bring"],
                "bring_en": texts["bring_en"],
                **pedagogy(school["slug"], course.category, course.modalities),
                "category": course.category,
                "modalities": list(course.modalities),
                "duration_minutes": course.duration_minutes,
                "price_cents": course.price_cents(position),
                "currency": "EUR",
                "language": "fr",
                "validity_months": course.validity_months,
                "validity_anchor": course.validity_anchor,
                "window_months": course.window_months,
                "legal_basis": course.legal_basis,
                "refund_tiers": [{"days_before": days, "percent": percent} for days, percent in tiers],
                "status": "published",
                "rating_sum": 0,
                "rating_count": 0,
                "published_at": published,
                "created_at": published - timedelta(days=9),
            }
        )
