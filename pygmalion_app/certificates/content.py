"""What a certificate says."""

from datetime import date
from uuid import UUID

from pygmalion_app.core.schemas import View


class Content(View):
    """What a certificate says, frozen when it was issued. Its canonical JSON is hashed and attached to the document.

    Days are local to the session; `valid_until` is the last day on which it holds. Only text, whole numbers and
    booleans, so that its canonical spelling is beyond doubt.
    """

    version: int = 1
    id: UUID
    number: str
    holder: str
    course: str
    course_en: str
    category: str
    modality: str
    duration_minutes: int
    legal_basis: str
    organization: str
    organization_slug: str
    siret: str
    nda: str
    location: str
    language: str
    starts_on: date
    ends_on: date
    completed_on: date
    issued_on: date
    valid_until: date | None
    locale: str
    # Since version 2: what the organisation's template said when the certificate was issued, and who sent the holder.
    signatory: str = ""
    signatory_title: str = ""
    wording: str = ""
    wording_en: str = ""
    organization_city: str = ""
    employer: str = ""
