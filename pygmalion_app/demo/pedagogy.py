"""What the demonstration's schools say of every course alike: how it is taught, judged, and made accessible."""

from typing import Any, Final

_METHODS: Final = {
    "PRESENTIEL": (
        "Exposés courts, études de cas et mises en situation avec le matériel réel. Groupe de douze au plus.",
        "Short talks, case studies and practice on real equipment. Twelve people at most.",
    ),
    "ELEARNING": (
        "Modules en ligne à suivre à son rythme, avec l'assistance d'un formateur sous un jour ouvré.",
        "Online modules at one's own pace, with a trainer's help within one working day.",
    ),
    "VIRTUEL": (
        "Classe virtuelle animée en direct : exposés, questions, exercices partagés à l'écran.",
        "Live virtual classroom: talks, questions, exercises shared on screen.",
    ),
    "BLENDED": (
        "Théorie en ligne avant la venue, puis pratique encadrée en petit groupe.",
        "Theory online beforehand, then supervised practice in a small group.",
    ),
}
_JUDGED: Final = (
    "Questionnaire final (80 % de bonnes réponses) et, pour la pratique, grille d'observation du formateur.",
    "Final questionnaire (80 % of right answers) and, for practice, the trainer's observation sheet.",
)
_OPEN: Final = (
    "Locaux accessibles, rythme adaptable. Référent handicap : handicap@{slug}.example, réponse sous deux jours.",
    "Accessible rooms, pace adapted on request. Disability contact: handicap@{slug}.example, answer in two days.",
)
_SPECIALITIES: Final = {"SECURITY": "344", "WORKPLACE": "344", "MAINTENANCE": "253"}
_TRANSPORT: Final = "311"


def pedagogy(slug: str, category: str, modalities: tuple[str, ...]) -> dict[str, Any]:
    """Return the columns that a course of a school shares with its others."""
    french, english = _METHODS[modalities[0]]
    return {
        "methods": french,
        "methods_en": english,
        "evaluation": _JUDGED[0],
        "evaluation_en": _JUDGED[1],
        "accessibility": _OPEN[0].format(slug=slug),
        "accessibility_en": _OPEN[1].format(slug=slug),
        "nsf_code": _SPECIALITIES.get(category, _TRANSPORT),
        "bpf_objective": "professional",
    }
