"""The addresses of the screens, by name and language: pages, mails and the sitemap all read them."""

from typing import Final

ADDRESSES: Final[dict[str, dict[str, str]]] = {
    "home": {"fr": "/fr", "en": "/en"},
    "catalog": {"fr": "/fr/formations", "en": "/en/courses"},
    "course": {"fr": "/fr/formations/[slug]", "en": "/en/courses/[slug]"},
    "organization": {"fr": "/fr/organismes/[slug]", "en": "/en/organisations/[slug]"},
    "verify": {"fr": "/fr/verify", "en": "/en/verify"},
    "verify-certificate": {"fr": "/fr/verify/[token]", "en": "/en/verify/[token]"},
    "sign-in": {"fr": "/fr/sign-in", "en": "/en/sign-in"},
    "sign-up": {"fr": "/fr/sign-up", "en": "/en/sign-up"},
    "enrol": {"fr": "/fr/enrol/[session_id]", "en": "/en/enrol/[session_id]"},
    "order": {"fr": "/fr/orders/[order_id]", "en": "/en/orders/[order_id]"},
    "training": {"fr": "/fr/training", "en": "/en/training"},
    "certificates": {"fr": "/fr/certificates", "en": "/en/certificates"},
    "teach": {"fr": "/fr/teach", "en": "/en/teach"},
    "teach-session": {"fr": "/fr/teach/[session_id]", "en": "/en/teach/[session_id]"},
    "teach-courses": {"fr": "/fr/teach/courses", "en": "/en/teach/courses"},
    "team": {"fr": "/fr/team", "en": "/en/team"},
    "profile": {"fr": "/fr/profile", "en": "/en/profile"},
    "mailbox": {"fr": "/fr/mailbox", "en": "/en/mailbox"},
}
INDEXED: Final = ("home", "catalog", "course", "organization", "verify")
"""What search engines may list; everything else is private or personal."""


def pattern(name: str, locale: str) -> str:
    """Return an address with its `[parameter]` places left open; KeyError for an unknown name."""
    return ADDRESSES[name][locale]


def address(name: str, locale: str, **parameters: object) -> str:
    """Return the address of a screen: `address("course", "fr", slug="dgr-7-3")`."""
    path = pattern(name, locale)
    for key, value in parameters.items():
        path = path.replace(f"[{key}]", str(value))
    return path
