"""What the law wants written on an invoice, frozen with it: in French and in the reader's language.

CGI annexe II article 242 nonies A; Code de commerce L441-9 and L441-10; Code du travail L6352-12 (declaration number).
"""

from pygmalion_app.core.i18n import DEFAULT_LOCALE, translate
from pygmalion_app.invoicing.models import InvoiceKind, PayerKind
from pygmalion_app.invoicing.schemas import InvoiceFacts

EXEMPT, FRANCHISE = "exempt_261_4_4", "franchise_293_b"
_SUBJECTS = {"invoice-mention-penalties": "PMD", "invoice-mention-indemnity": "PMT", "invoice-mention-discount": "AAB"}
"""How Factur-X marks the notes that French law asks for between companies (UNTDID 4451)."""


def mentions(facts: InvoiceFacts) -> list[dict[str, str]]:
    """Return the mentions in the order in which they are printed, each with `text`, `fr` and maybe a `subject`."""
    words = {
        "seller": facts.seller.name,
        "nda": facts.seller.nda,
        "dossier": facts.dossier,
        "original": facts.original_number,
    }
    return [
        {
            "fr": translate(DEFAULT_LOCALE, key, **words),
            "text": translate(facts.locale, key, **words),
            "subject": _SUBJECTS.get(key, ""),
        }
        for key in _keys(facts)
    ]


def _keys(facts: InvoiceFacts) -> list[str]:
    keys = ["invoice-mention-service"]
    if facts.vat_regime == EXEMPT:
        keys.append("invoice-mention-exempt")
    elif facts.vat_regime == FRANCHISE:
        keys.append("invoice-mention-franchise")
    if facts.seller.nda:
        keys.append("invoice-mention-nda")
    if facts.issuer_organization_id is not None:
        keys.append("invoice-mention-mandate")
    if facts.dossier:
        keys.append("invoice-mention-subrogation")
    if facts.kind is InvoiceKind.CREDIT_NOTE:
        keys.append("invoice-mention-credit")
    elif facts.payer is not PayerKind.USER:
        keys += ["invoice-mention-penalties", "invoice-mention-indemnity", "invoice-mention-discount"]
    return keys
