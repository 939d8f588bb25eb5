"""What visitors type and choose: a fixed, realistic mix, so that two runs ask for the same."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

SEED = 2026
POPULAR = 300
ADDRESSES = 4000

# Titles, what people call them, words half typed, accents left out, mistakes.
TEXTS = (
    "sûreté", "surete", "sureté 11.2.6", "11.2.6.2", "zsar", "tca", "cybersûreté", "cyber", "fouille aéronef", "fret",
    "courrier", "approvisionnements de bord", "superviseur sûreté", "T10", "imagerie", "instructeur", "agent de surete",
    "dgr", "dgr 7.3", "marchandises dangereuses", "matières dangereuses", "marchandise dangereuse recyclage", "iata",
    "lithium", "piles lithium", "batterie", "uld", "passage bagages", "piste chargement", "animaux vivants", "lar",
    "sgs", "sms", "safety manager", "permis T", "permis M", "aire de trafic", "phraséologie", "péril animalier",
    "peril aviaire", "snowtam", "déneigement", "pompier", "sslia", "facteurs humains", "human factors", "part 145",
    "part-145", "ewis", "fts", "fuel tank", "crm", "pnc", "cca", "équipage cabine", "fcl.055", "anglais", "elp", "sst",
    "secouriste", "caces", "caces r489", "chariot", "recyclage", "initial", "e-learning", "formation sûreté paris",
    "sur", "sûr", "march", "facteur", "maint", "equip", "secourist", "dangereuse", "aéroport", "aeroprot", "surté",
)  # fmt: skip
CATEGORIES = ("SECURITY", "DGR", "CARGO", "AERODROME", "MAINTENANCE", "CREW", "WORKPLACE")
PLACES = ("Paris", "Paris CDG", "Lyon", "Toulouse", "Marseille", "Nice", "Bordeaux", "Nantes", "Lille", "Brest")
MODALITIES = ("PRESENTIEL", "ELEARNING", "VIRTUEL", "BLENDED")
SORTS = ("date", "price", "rating")


def _months() -> list[str]:
    now = datetime.now(UTC)
    first = now.year * 12 + now.month - 1
    return [f"{(first + ahead) // 12}-{(first + ahead) % 12 + 1:02d}" for ahead in range(6)]


def _query(chance: random.Random, months: list[str]) -> dict[str, str]:
    asked: dict[str, str] = {}
    if chance.random() < 0.7:
        asked["q"] = chance.choice(TEXTS)
    for name, share, values in (
        ("category", 0.25, CATEGORIES),
        ("place", 0.25, PLACES),
        ("month", 0.2, months),
        ("modality", 0.1, MODALITIES),
        ("maxPrice", 0.1, ("200", "500", "1000")),
        ("seats", 0.05, ("2", "4")),
        ("sort", 0.15, SORTS),
        ("page", 0.15, ("2", "3")),
    ):
        if chance.random() < share:
            asked[name] = chance.choice(values)
    return asked


def searches() -> list[str]:
    """Return query strings as visitors ask for them: half are among 300 popular ones, the others from the long tail."""
    chance = random.Random(SEED)
    months = _months()
    popular = [urlencode(_query(chance, months)) for _ in range(POPULAR)]
    weights = [1 / (rank + 1) for rank in range(POPULAR)]
    return [
        chance.choices(popular, weights)[0] if chance.random() < 0.5 else urlencode(_query(chance, months))
        for _ in range(ADDRESSES)
    ]


def one_filter() -> list[str]:
    """Return query strings with one indexed filter each, and pages of it."""
    return [urlencode({"category": category, "page": page}) for page in (1, 2, 3) for category in CATEGORIES]


def never_twice() -> list[str]:
    """Return query strings of which no two are the same: nothing that was kept can answer them."""
    chance = random.Random(SEED + 1)
    months = _months()
    asked = [_query(chance, months) for _ in range(20_000)]
    return [urlencode({**one, "maxPrice": str(300 + number)}) for number, one in enumerate(asked)]


def by_popularity(items: Sequence[str], count: int = ADDRESSES) -> list[str]:
    """Return a long draw of items, the n-th asked for a n-th as often as the first."""
    return random.Random(SEED).choices(items, [1 / (rank + 1) for rank in range(len(items))], k=count)


def typed() -> list[str]:
    """Return what people type, as the live catalogue's search event carries it."""
    return list(TEXTS)
