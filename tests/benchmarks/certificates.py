"""Issuing in bulk: certificates with PDF, credential and signatures a second, as a campaign of the product's worker."""

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.document import render
from pygmalion_app.certificates.document.dress import Dress
from pygmalion_app.certificates.document.signature import DocumentKey
from pygmalion_app.certificates.document.signature import sign as sign_quickly
from pygmalion_app.certificates.keys import authority, material
from pygmalion_app.certificates.keys.authority import Named
from pygmalion_app.certificates.keys.kinds import KeyKind
from tests.benchmarks.market import MAIL_DOMAIN, Market, market
from tests.benchmarks.stack import Stack
from tests.benchmarks.tables import Goal, Table

_CLASSES = 4
_GOAL = 50
_LIMIT_SECONDS = 180.0

_ENROL = """
WITH bought AS (
  INSERT INTO orders (id, buyer_user_id, buyer_organization_id, seller_organization_id, session_id, payer, quantity,
    unit_price_cents, net_cents, vat_cents, total_cents, vat_regime, currency, status, hold_expires_at, payment_method,
    refund_tiers, discount_cents)
  SELECT gen_random_uuid(), %(buyer)s, %(company)s, %(school)s, s.id, 'company', 200, 0, 0, 0, 0, 'standard_20', 'EUR',
    'CONFIRMED', now(), 'card', '[]', 0
  FROM unnest(%(sessions)s::uuid[]) AS s (id) RETURNING id, session_id)
INSERT INTO enrollments (id, order_id, session_id, course_id, user_id, status, present, passed, confirmed_at,
  completed_at)
SELECT gen_random_uuid(), bought.id, bought.session_id, %(course)s, u.id, 'COMPLETED', true, true, now(), now()
FROM bought, unnest(%(people)s::uuid[]) AS u (id)
"""
_CAMPAIGN = """
WITH made AS (
  INSERT INTO certificate_campaigns (id, organization_id, requested_by, requested_at)
  VALUES (%(campaign)s, %(school)s, %(buyer)s, now()) RETURNING id)
INSERT INTO certificate_campaign_items (id, campaign_id, organization_id, enrollment_id, state, attempts)
SELECT gen_random_uuid(), made.id, %(school)s, e.id, 'waiting', 0
FROM made, enrollments e WHERE e.session_id = ANY (%(sessions)s)
"""
_JOB = """SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[ROW('certificates', 'certificates.campaign', 0, NULL, NULL,
  %(job)s::jsonb, NULL)]::procrastinate_job_to_defer_v1[]))"""
_DONE = "SELECT count(*) FROM certificates WHERE organization_id = %(school)s AND commitment IS NOT NULL"
_FILES = "SELECT file_key FROM certificates WHERE organization_id = %(school)s AND file_key IS NOT NULL"
_REMOVE = (
    "SET LOCAL session_replication_role = replica",
    "DELETE FROM certificate_campaign_items WHERE organization_id = %(school)s",
    "DELETE FROM certificate_campaigns WHERE organization_id = %(school)s",
    (
        "DELETE FROM certificate_events WHERE certificate_id IN"
        " (SELECT id FROM certificates WHERE organization_id = %(school)s)"
    ),
    (
        "DELETE FROM credential_status_entries WHERE certificate_id IN"
        " (SELECT id FROM certificates WHERE organization_id = %(school)s)"
    ),
    "DELETE FROM credential_status_lists WHERE organization_id = %(school)s",
    "DELETE FROM certificates WHERE organization_id = %(school)s",
    "DELETE FROM signing_keys WHERE organization_id = %(school)s",
    "DELETE FROM outgoing_emails WHERE to_address LIKE '%%@' || %(domain)s",
)


def certificates(stack: Stack, seconds: float) -> list[Table]:
    """Issue the certificates of some classes, and say what typesetter and signer alone would allow."""
    table = Table(
        "certificates",
        "Certificates issued in bulk: PDF/A-3 with credential, PAdES, stored encrypted, committed",
        ("work", "certificates", "certificates/s", "of bare", "stored and committed"),
        [
            "bare = typst and pyHanko alone, a process a core: no credential, no database, nothing stored",
            "each holder is sent a mail; sealing and anchoring run beside it",
        ],
    )
    plain = _bare(seconds, quickly=False)
    quick = _bare(seconds, quickly=True)
    table.add("bare, pyHanko as it comes", None, plain, plain / quick, "")
    table.add("bare, its structure encoded once", None, quick, 1.0, "")
    with market(stack, sessions=_CLASSES) as place:
        count, done, spent = _campaign(stack, place)
    rate = done / spent
    goals = [Goal("certificates/s", rate, at_least=_GOAL), Goal("certificates", done, at_least=count)]
    table.add("a campaign of the product", done, rate, rate / quick, "yes" if done == count else "no", goals=goals)
    return [table]


def _campaign(stack: Stack, place: Market) -> tuple[int, int, float]:
    """Return how many were wanted, how many there are, and in how many seconds."""
    campaign = uuid4()
    values: dict[str, Any] = {
        "buyer": place.buyers[0], "company": place.company, "school": place.school, "course": place.course,
        "sessions": place.sessions, "people": place.buyers, "campaign": campaign, "domain": MAIL_DOMAIN,
        "job": f'{{"campaign_id": "{campaign}"}}',
    }  # fmt: skip
    wanted = len(place.sessions) * len(place.buyers)
    with psycopg.connect(stack.superuser_url, autocommit=True) as connection:
        try:
            connection.execute(_ENROL, values)
            connection.execute(_CAMPAIGN, values)
            started = time.monotonic()
            connection.execute(_JOB, values)
            done = 0
            while done < wanted and time.monotonic() - started < _LIMIT_SECONDS:
                time.sleep(0.1)
                done = (connection.execute(_DONE, values).fetchone() or (0,))[0]
            spent = time.monotonic() - started
            time.sleep(2)
        finally:
            for (key,) in connection.execute(_FILES, values).fetchall():
                (stack.home.root / "files" / key).unlink(missing_ok=True)
            with connection.transaction():
                for statement in _REMOVE:
                    connection.execute(statement, values, prepare=False)
    return wanted, done, spent


def _bare(seconds: float, *, quickly: bool) -> float:
    """Return documents set and signed a second by a process on each core."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("spawn")) as pool:
        # Started and warm before the clock runs.
        list(pool.map(_work, [0.3] * cores, [quickly] * cores))
        return sum(pool.map(_work, [seconds] * cores, [quickly] * cores))


def _work(seconds: float, quickly: bool) -> float:
    key, day, now = _key(), date(2026, 11, 20), datetime.now(UTC)
    said = Content(
        id=UUID(int=7), number="PYG-2026-7QK4-9F3D", holder="", course="Sûreté", course_en="Security",
        category="SECURITY", modality="PRESENTIEL", duration_minutes=420, legal_basis="UE 2015/1998",
        organization="Benchmark", organization_slug="benchmark", siret="", nda="", location="Paris CDG", language="fr",
        starts_on=day, ends_on=day, completed_on=day, issued_on=day, valid_until=None, locale="fr",
    )  # fmt: skip
    made, started = 0, time.monotonic()
    while time.monotonic() - started < seconds:
        content = said.model_copy(update={"holder": f"Benchmark {made}"})
        document = render.render(content, f"https://pygmalion.example/verify/{made:022}", b"{}", Dress())
        (sign_quickly if quickly else _sign_plainly)(document, key, now)
        made += 1
    return made / (time.monotonic() - started)


def _key() -> DocumentKey:
    root, own, now = material.generate(KeyKind.AUTHORITY), material.generate(KeyKind.P256), datetime.now(UTC)
    ca = authority.authority_certificate(root, "Benchmark", "localhost", now)  # pyright: ignore[reportArgumentType]
    certificate = authority.signer_certificate(own.public_key(), Named("Benchmark"), ca, root, now)  # pyright: ignore[reportArgumentType]
    return DocumentKey(material.private_der(own), (certificate, ca))


def _sign_plainly(document: bytes, key: DocumentKey, at: datetime) -> bytes:
    import io

    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    del at
    chain = [x509.Certificate.load(der) for der in key.chain]
    signer = SimpleSigner(chain[0], keys.PrivateKeyInfo.load(key.private_der), SimpleCertificateStore.from_certs(chain))
    metadata = PdfSignatureMetadata(
        field_name="Signature", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )  # fmt: skip
    signed = PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(document)), bytes_reserved=8192)
    return signed.getvalue()
