"""schema.org data of the public pages."""

from collections.abc import Iterable
from typing import Any

from pygmalion_app.catalog import presentation
from pygmalion_app.catalog.schemas import CourseCard, CourseDetail, OpenSession, OrganizationPage
from pygmalion_app.core.addresses import address
from pygmalion_app.core.unit_of_work import container

Thing = dict[str, Any]
_MODES = {"PRESENTIEL": "Onsite", "ELEARNING": "Online", "VIRTUEL": "Online", "BLENDED": "Blended"}


def _url(path: str) -> str:
    return container().settings.base_url + path


def site(locale: str) -> tuple[Thing, ...]:
    """Return the site with its search, and who runs it."""
    home = _url(address("home", locale))
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": _url(address("catalog", locale)) + "?q={search_term_string}"},
        "query-input": "required name=search_term_string",
    }
    return (
        {"@type": "WebSite", "name": "Pygmalion", "url": home, "inLanguage": locale, "potentialAction": search},
        {"@type": "Organization", "name": "Pygmalion", "url": home, "logo": _url("/favicon.svg")},
    )


def trail(*steps: tuple[str, str]) -> Thing:
    """Return the way to a page, (name, path) each."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": _url(path)}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def course_list(locale: str, courses: Iterable[CourseCard]) -> tuple[Thing, ...]:
    """Return the courses of a catalogue page."""
    items = [
        {"@type": "ListItem", "position": number, "url": _url(address("course", locale, slug=one.slug))}
        for number, one in enumerate(courses, start=1)
    ]
    catalog = presentation.text(locale, "nav-catalog")
    return (
        {"@type": "ItemList", "itemListElement": items},
        trail(("Pygmalion", address("home", locale)), (catalog, address("catalog", locale))),
    )


def course(locale: str, found: CourseDetail) -> tuple[Thing, ...]:
    """Return a course with its sessions to come."""
    path = address("course", locale, slug=found.slug)
    title = presentation.title(locale, found.title, found.title_en)
    thing: Thing = {
        "@type": "Course",
        "name": title,
        "url": _url(path),
        "description": ((locale == "en" and found.description_en) or found.description)[:500],
        "inLanguage": found.language,
        "provider": {
            "@type": "EducationalOrganization",
            "name": found.organization.name,
            "url": _url(address("organization", locale, slug=found.organization.slug)),
        },
        "offers": {
            "@type": "Offer",
            "category": "Paid",
            "price": f"{found.price_cents / 100:.2f}",
            "priceCurrency": found.currency,
        },
        "hasCourseInstance": [_instance(locale, found, session) for session in found.sessions],
    }
    if found.type_code:
        thing["courseCode"] = found.type_code
    if found.rating is not None:
        thing["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": found.rating,
            "reviewCount": found.review_count,
        }
    catalog = presentation.text(locale, "nav-catalog")
    return (thing, trail(("Pygmalion", address("home", locale)), (catalog, address("catalog", locale)), (title, path)))


def _instance(locale: str, found: CourseDetail, session: OpenSession) -> Thing:
    hours, minutes = divmod(found.duration_minutes, 60)
    instance: Thing = {
        "@type": "CourseInstance",
        "courseMode": _MODES.get(session.modality, "Onsite"),
        "startDate": session.start_date.isoformat(),
        "endDate": session.end_date.isoformat(),
        "inLanguage": session.language,
        "courseWorkload": f"PT{hours}H{minutes}M" if minutes else f"PT{hours}H",
        "maximumAttendeeCapacity": session.max_places,
        "remainingAttendeeCapacity": session.available_places,
        "offers": {
            "@type": "Offer",
            "price": f"{session.price_cents / 100:.2f}",
            "priceCurrency": session.currency,
            "availability": f"https://schema.org/{'InStock' if session.available_places else 'SoldOut'}",
            "url": _url(address("course", locale, slug=found.slug)),
        },
    }
    if session.location:
        instance["location"] = {
            "@type": "Place",
            "name": session.location,
            "address": session.address or session.location,
        }
    return instance


def organization(locale: str, found: OrganizationPage) -> tuple[Thing, ...]:
    """Return a training organisation."""
    seller = found.organization
    path = address("organization", locale, slug=seller.slug)
    thing: Thing = {"@type": "EducationalOrganization", "name": seller.name, "url": _url(path)}
    if seller.city:
        thing["address"] = {"@type": "PostalAddress", "addressLocality": seller.city, "addressCountry": "FR"}
    if found.rating is not None:
        thing["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": found.rating,
            "reviewCount": found.review_count,
        }
    return (thing, trail(("Pygmalion", address("home", locale)), (seller.name, path)))
