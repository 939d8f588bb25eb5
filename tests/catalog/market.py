"""A small market to search in: two schools, eight courses, sessions in three places."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from pygmalion_app.catalog.models import Category, Course, CourseStatus, Modality
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.sessions.models import TrainingSession
from tests.cast import add_organization

# code, French title, English title, category, modality, price in euros
OFFER = (
    (
        "ZSAR",
        "Sûreté 11.2.6.2 - accès ZSAR (TCA)",
        "Security 11.2.6.2: airport badge",
        Category.SECURITY,
        Modality.PRESENTIEL,
        90,
    ),
    (
        "T10",
        "Agent de sûreté aéroportuaire T10 initial",
        "Airport security officer T10",
        Category.SECURITY,
        Modality.PRESENTIEL,
        3000,
    ),
    ("T1", "Agent de sûreté fret T1 (imagerie)", "Cargo screener T1", Category.SECURITY, Modality.PRESENTIEL, 1500),
    (
        "DGR6",
        "DGR fonction 7.3 acceptation (ex cat. 6) initial",
        "Dangerous goods acceptance",
        Category.DGR,
        Modality.VIRTUEL,
        1100,
    ),
    ("LI", "Piles au lithium - section II", "Lithium batteries", Category.DGR, Modality.ELEARNING, 150),
    (
        "HF",
        "Facteurs humains Part-145 initial",
        "Human factors for Part-145",
        Category.MAINTENANCE,
        Modality.PRESENTIEL,
        450,
    ),
    ("ELP", "Compétence linguistique FCL.055", "Aviation English proficiency", Category.CREW, Modality.PRESENTIEL, 200),
    ("SST", "Sauveteur secouriste du travail", "Workplace first aider", Category.WORKPLACE, Modality.PRESENTIEL, 250),
)


@dataclass
class Market:
    """Keys by the offer's codes."""

    school: UUID
    rival: UUID
    courses: dict[str, UUID] = field(default_factory=dict)
    sessions: dict[str, UUID] = field(default_factory=dict)


async def build_market(container: Container) -> Market:
    """Write the market; every course is the first school's but SST."""
    async with unit_of_work(SYSTEM, container) as uow:
        market = Market(
            school=await add_organization(uow, "Tarmac Formation", OrganizationKind.TRAINING),
            rival=await add_organization(uow, "Rhône Aéro", OrganizationKind.TRAINING),
        )
        for code, title, title_en, category, modality, euros in OFFER:
            course = Course(
                organization_id=market.rival if code == "SST" else market.school,
                slug=f"{code.lower()}-course",
                title=title,
                title_en=title_en,
                description="Une journée de pratique avec du matériel réel.",
                category=category,
                modalities=[modality],
                duration_minutes=420,
                price_cents=euros * 100,
                status=CourseStatus.PUBLISHED,
                published_at=uow.clock.now(),
            )
            uow.session.add(course)
            await uow.session.flush()
            market.courses[code] = course.id
        soon = uow.clock.now() + timedelta(days=10)
        for key, code, place, days, capacity, taken in (
            ("zsar-lyon", "ZSAR", "Lyon", 20, 8, 0),
            ("zsar-cdg", "ZSAR", "Paris CDG", 0, 8, 7),
            ("t10-cdg", "T10", "Paris CDG", 5, 10, 10),
            ("dgr", "DGR6", "", 3, 12, 2),
            ("sst-lyon", "SST", "Lyon", 1, 6, 1),
        ):
            market.sessions[key] = await plan(
                uow, market, code, place, soon + timedelta(days=days), capacity=capacity, taken=taken
            )
    return market


async def plan(
    uow: UnitOfWork,
    market: Market,
    code: str,
    place: str,
    starts_at: datetime,
    *,
    capacity: int = 8,
    taken: int = 0,
    zone: str = "Europe/Paris",
) -> UUID:
    """Add a session of 4 hours at the course's price."""
    course = await uow.session.get_one(Course, market.courses[code])
    session = TrainingSession(
        course_id=course.id,
        organization_id=course.organization_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        time_zone=zone,
        location=place,
        modality=course.modalities[0],
        capacity=capacity,
        seats_taken=taken,
        price_cents=course.price_cents,
    )
    uow.session.add(session)
    await uow.session.flush()
    return session.id
