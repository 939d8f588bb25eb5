"""Verifications, ready to read."""

from dataclasses import dataclass

from pygmalion_app.core.i18n import format_day, format_moment, format_number
from pygmalion_app.kyc.mails import reason_text
from pygmalion_app.kyc.rules import REQUIREMENTS, SubjectKind
from pygmalion_app.kyc.schemas import DocumentView, RequirementView, TransitionView
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang

_TONES: dict[str, Tone] = {
    "draft": "idle",
    "submitted": "info",
    "in_review": "info",
    "more_information": "warn",
    "approved": "ok",
    "rejected": "bad",
    "expired": "warn",
}
_MEGABYTE, _KILOBYTE = 1_000_000, 1_000


@dataclass
class RequirementRow:
    """Something to prove."""

    name: str
    hint: str
    met: bool


@dataclass
class DocumentRow:
    """A document that was sent."""

    id: str
    kind: str
    name: str
    facts: str
    remove: str
    download: str
    address: str


@dataclass
class StepRow:
    """One step of a case."""

    moment: str
    text: str
    tone: Tone
    reason: str


@dataclass
class Choice:
    """A value to choose, and its text."""

    value: str
    text: str


def status_of(lang: Lang, state: str) -> tuple[str, Tone]:
    """Return a state in a word and its colour."""
    return lang(f"kyc-state-{state}"), _TONES[state]


def requirement_row(lang: Lang, one: RequirementView) -> RequirementRow:
    """Return a requirement."""
    return RequirementRow(lang(f"kyc-requirement-{one.name}"), lang(f"kyc-requirement-{one.name}-hint"), one.met)


def document_row(lang: Lang, one: DocumentView, address: str) -> DocumentRow:
    """Return a document; `address` is where it can be fetched."""
    facts = [one.file_name, size_of(lang, one.size_bytes)]
    if one.valid_until:
        facts.append(lang("kyc-document-until", day=format_day(lang.code, one.valid_until)))
    return DocumentRow(
        id=str(one.id),
        kind=lang(f"kyc-kind-{one.kind}"),
        name=one.file_name,
        facts=" · ".join(facts),
        remove=lang("kyc-remove", name=one.file_name),
        download=lang("kyc-download", name=one.file_name),
        address=address,
    )


def step_row(lang: Lang, one: TransitionView) -> StepRow:
    """Return a step; reviewers see who took it."""
    text, tone = status_of(lang, one.to_state)
    by = f" {lang('kyc-review-by', name=one.by)}" if one.by else ""
    return StepRow(format_moment(lang.code, one.at), text + by, tone, reason_text(lang.code, one.reason, one.note))


def kinds_of(lang: Lang, subject: SubjectKind) -> tuple[list[Choice], set[str]]:
    """Return the kinds of documents to choose from, and those that have a last day of validity."""
    asked = [(kind.value, one.dated) for one in REQUIREMENTS[subject] for kind in one.kinds]
    choices = [Choice(kind, lang(f"kyc-kind-{kind}")) for kind, _ in asked]
    return choices, {kind for kind, dated in asked if dated}


def size_of(lang: Lang, size: int) -> str:
    """Return a file's size as people read it."""
    units = {"fr": ("Mo", "Ko"), "en": ("MB", "kB")}[lang.code]
    if size >= _MEGABYTE:
        return f"{format_number(lang.code, round(size / _MEGABYTE, 1))} {units[0]}"
    return f"{format_number(lang.code, max(1, round(size / _KILOBYTE)))} {units[1]}"
