"""Who may call each route of the API, as data.

How to add a route: add a line to `RULES`, under `METHOD path` as FastAPI spells it, with

- who: the roles (of the home side) that get through, with an object of their own side; `PUBLIC` lets everybody
- own: what to call it with: the parameters of the path, given a side and a role (`None`: there are none)
- refused: what others of the same side are told, 403, or 404 where they may not know that the object exists
- foreign: what everybody of the other side is told, the same way
- body (JSON), form, content: a request that is valid in form, so that it is refused for who asks and not for how

A role that gets through sees neither 401, 403 nor 404; whether its request makes sense is other tests' matter. The
`stranger` belongs to the other side, so its own objects are foreign to all the others. Platform administrators pass in
foreign organisations where they pass at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from pygmalion_app.core.clock import SystemClock
from pygmalion_app.core.ids import new_id
from tests.authorization.world import Side

Own = Callable[[Side, str], dict[str, Any]]

PUBLIC = "anonymous learner trainer training_admin manager airport_manager admin stranger"
SIGNED_IN = "learner trainer training_admin manager airport_manager admin stranger"
RUNS_IT = "training_admin manager airport_manager admin"
"""Who runs an organisation, whatever its kind."""
SCHOOL = "training_admin admin"
COMPLIES = "manager airport_manager stranger admin"
"""Who sees what an organisation's people must hold; administrators are told to say which organisation."""
MANAGES = "manager airport_manager"
ADMIN = "admin"


@dataclass(frozen=True)
class Rule:
    """One route's line."""

    who: str
    own: Own | None = None
    fixed: dict[str, str] | None = None
    """Parameters that lead nowhere, for whoever asks."""
    refused: int = 403
    foreign: int = 403
    body: dict[str, Any] | Callable[[Side, str], dict[str, Any]] | None = None
    form: dict[str, str] | None = None
    content: str | None = None
    file: bool = False
    loose: bool = False
    """Who gets through may be told 401, 403 or 404 for other reasons: a lacking proof, an object that is nowhere."""
    anonymous: int = 401
    """What those are told who have not signed in: 404 where drafts share an address with what is public."""
    apart: str = ""
    """Roles of the same side that have nothing to do with the object: told what the other side is told."""
    browser: bool = False
    """Only pages call it: by the session cookie, and from their own origin."""


def organization_of(side: Side, role: str) -> UUID:
    """Return the organisation that a role belongs to."""
    schools = {"training_admin": side.school, "trainer": side.school}
    return schools.get(role, side.airport if role == "airport_manager" else side.company)


def ours(side: Side, role: str) -> dict[str, Any]:
    """Return the caller's organisation."""
    return {"id": organization_of(side, role)}


def company(*more: str) -> Own:
    """Return the company, and rows planted in it: `param=table`."""
    pairs = [one.split("=") for one in more]
    return lambda side, _role: {"id": side.company, **{param: side.key(table) for param, table in pairs}}


def row(param: str, table: str) -> Own:
    """Return the row planted in a table."""
    return lambda side, _role: {param: side.key(table)}


def school(side: Side, _role: str) -> dict[str, Any]:
    """Return the school."""
    return {"id": side.school}


def course(side: Side, _role: str) -> dict[str, Any]:
    """Return a published course."""
    return {"id": side.course}


def draft(side: Side, _role: str) -> dict[str, Any]:
    """Return a draft."""
    return {"id": side.draft}


def session(side: Side, _role: str) -> dict[str, Any]:
    """Return a session of the published course, led by the trainer."""
    return {"id": side.session}


def half_day(side: Side, _role: str) -> dict[str, Any]:
    """Return a half-day of that session."""
    return {"id": side.session, **_HALF}


def draft_session(side: Side, _role: str) -> dict[str, Any]:
    """Return a session of the draft."""
    return {"id": side.draft_session}


def _learner(side: Side, _role: str) -> dict[str, Any]:
    return {"id": side.learner.user_id}


def _soon(days: int, hours: int = 0) -> str:
    return (SystemClock().now() + timedelta(days=days, hours=hours)).isoformat()


_CODE = {"challengeId": str(new_id()), "code": "123456"}
_PASSKEY = {"challengeId": str(new_id()), "credential": {}}
_TRANSFER = {"amountCents": 1, "receivedOn": SystemClock().now().date().isoformat()}
_SHA = {"sha256": "0" * 64}
_ELSEWHERE = {"title": "Elsewhere", "issuer": "Another school", "obtainedOn": "2026-01-05"}
_INVITE = {"email": "new@someone.example", "role": "learner"}
_HALF = {"day": "2027-01-05", "part": 1}
_STROKES = {
    "clientId": str(new_id()),
    "signedAt": "2027-01-05T09:00:00Z",
    "drawing": "M20 100 L60 40 L100 120 L140 60 L180 110 L220 70",
}
_SIGNED = _HALF | _STROKES
_TICKET = _STROKES | {"ticket": "nothing"}


def _mark(side: Side, _role: str) -> dict[str, Any]:
    return _SIGNED | {"enrollmentId": str(side.enrollment), "state": "present"}


def _team(side: Side, _role: str) -> dict[str, Any]:
    people = [str(side.learner.user_id)]
    return {"sessionId": str(side.session), "userIds": people, "organizationId": str(side.company)}


_NOBODY = {"id": str(new_id())}
_EXEMPT = {"userId": str(new_id()), "requirementKey": "SST", "reason": "Nurse"}
_EQUAL = {"code": "DGR-75", "satisfiesCode": "DGR-77"}
_BROWSER = {
    "endpoint": "https://push.example/abc",
    "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
}
_PASSWORD = "Long-Enough-And-Rare-2026"

RULES: dict[str, Rule] = {
    # --- compliance ------------------------------------------------------------------------------------------------
    "GET /api/v1/dashboard/manager": Rule(COMPLIES),
    "GET /api/v1/compliance/overview": Rule(COMPLIES),
    "GET /api/v1/compliance/matrix": Rule(COMPLIES),
    "GET /api/v1/compliance/statuses": Rule(COMPLIES),
    "GET /api/v1/compliance/losing": Rule(COMPLIES),
    "GET /api/v1/compliance/rules": Rule(COMPLIES),
    "GET /api/v1/compliance/workplace": Rule(COMPLIES),
    "GET /api/v1/compliance/exemptions": Rule(COMPLIES),
    "GET /api/v1/compliance/equivalences": Rule(COMPLIES),
    "GET /api/v1/compliance/sharings": Rule(COMPLIES),
    "GET /api/v1/compliance/tenants": Rule(COMPLIES),
    "GET /api/v1/compliance/tenants/losing": Rule(COMPLIES),
    "GET /api/v1/compliance/tenants/need": Rule(COMPLIES),
    "POST /api/v1/compliance/rules": Rule(COMPLIES, body={"name": "Everybody"}),
    "POST /api/v1/compliance/rules/from-profession": Rule(COMPLIES, body={"profession": "handling"}),
    "POST /api/v1/compliance/job-roles": Rule(COMPLIES, body={"name": "Ramp agent"}),
    "POST /api/v1/compliance/sites": Rule(COMPLIES, body={"name": "Terminal 2"}),
    "PATCH /api/v1/compliance/positions": Rule(COMPLIES, body={"userIds": [str(new_id())]}, loose=True),
    "POST /api/v1/compliance/exemptions": Rule(COMPLIES, body=_EXEMPT, loose=True),
    "POST /api/v1/compliance/tenants": Rule(COMPLIES, body={"siret": "91534192900023"}),
    "GET /api/v1/compliance/people/{id}": Rule("learner manager admin", _learner, refused=404, foreign=404),
    "GET /api/v1/compliance/rules/{id}": Rule("manager admin", row("id", "requirement_sets"), refused=404, foreign=404),
    "PATCH /api/v1/compliance/rules/{id}": Rule(
        "manager admin", row("id", "requirement_sets"), refused=404, foreign=404, body={"name": "Other"}
    ),
    "POST /api/v1/compliance/rules/{id}/draft": Rule(
        "manager admin", row("id", "requirement_sets"), refused=404, foreign=404
    ),
    "PUT /api/v1/compliance/versions/{id}": Rule(
        "manager admin", row("id", "requirement_set_versions"), refused=404, foreign=404, body={"requirements": []}
    ),
    "DELETE /api/v1/compliance/versions/{id}": Rule(
        "manager admin", row("id", "requirement_set_versions"), refused=404, foreign=404
    ),
    "GET /api/v1/compliance/versions/{id}/preview": Rule(
        "manager admin", row("id", "requirement_set_versions"), refused=404, foreign=404
    ),
    "POST /api/v1/compliance/versions/{id}/publish": Rule(
        "manager admin", row("id", "requirement_set_versions"), refused=404, foreign=404, body={}
    ),
    "PUT /api/v1/compliance/job-roles/{id}": Rule(
        "manager admin", row("id", "job_roles"), refused=404, foreign=404, body={"name": "Other"}
    ),
    "DELETE /api/v1/compliance/job-roles/{id}": Rule("manager admin", row("id", "job_roles"), refused=404, foreign=404),
    "PUT /api/v1/compliance/sites/{id}": Rule(
        "manager admin", row("id", "sites"), refused=404, foreign=404, body={"name": "Other"}
    ),
    "DELETE /api/v1/compliance/sites/{id}": Rule("manager admin", row("id", "sites"), refused=404, foreign=404),
    "DELETE /api/v1/compliance/exemptions/{id}": Rule(
        "manager admin", row("id", "exemptions"), refused=404, foreign=404
    ),
    "POST /api/v1/compliance/equivalences": Rule(COMPLIES, body=_EQUAL, loose=True),
    "POST /api/v1/compliance/equivalences/preview": Rule(COMPLIES, body=_EQUAL, loose=True),
    "DELETE /api/v1/compliance/equivalences/{id}": Rule(
        "manager admin", row("id", "course_equivalences"), refused=404, foreign=404
    ),
    "PUT /api/v1/compliance/sharings/{id}": Rule(COMPLIES, fixed=_NOBODY, body={}, loose=True),
    "DELETE /api/v1/compliance/sharings/{id}": Rule(COMPLIES, fixed=_NOBODY, loose=True),
    # --- everybody's -----------------------------------------------------------------------------------------------
    "GET /api/v1/health": Rule(PUBLIC),
    "GET /api/v1/openapi.json": Rule(PUBLIC),
    "GET /api/v1/docs": Rule(PUBLIC),
    "GET /api/v1/docs/{name}": Rule(PUBLIC, fixed={"name": "nothing.js"}, loose=True),
    "GET /": Rule(PUBLIC),
    "GET /robots.txt": Rule(PUBLIC),
    "GET /.well-known/did.json": Rule(PUBLIC),
    "GET /organisations/{slug}/did.json": Rule(PUBLIC, fixed={"slug": "nothing"}, loose=True),
    "GET /sitemap.xml": Rule(PUBLIC),
    **{f"GET {path}": Rule(PUBLIC, loose=True) for path in ("/fr", "/en", "/fr/formations", "/en/courses")},
    **{
        f"GET {path}/{{slug}}": Rule(PUBLIC, fixed={"slug": "nothing"}, loose=True)
        for path in ("/fr/formations", "/en/courses", "/fr/organismes", "/en/organisations")
    },
    "GET /verify": Rule(PUBLIC),
    "POST /verify": Rule(PUBLIC),
    **{
        f"{method} {path}/verify{tail}": Rule(PUBLIC, fixed={"token": "nothing"}, loose=True)
        for method in ("GET", "POST")
        for path in ("", "/fr", "/en")
        for tail in ("", "/{token}")
        if (path, tail) != ("", "")
    },
    **{f"GET /badge/{{token}}.{kind}": Rule(PUBLIC, fixed={"token": "nothing"}, loose=True) for kind in ("svg", "png")},
    "POST /auth/exchange": Rule(PUBLIC, form={"ticket": "nothing"}, loose=True),
    "POST /auth/sign-out": Rule(PUBLIC),
    "POST /auth/push": Rule(SIGNED_IN, browser=True, body=_BROWSER),
    "GET /auth/sso/{organization}/start": Rule(PUBLIC, fixed={"organization": str(new_id())}, loose=True),
    "GET /auth/sso/callback/{organization}": Rule(PUBLIC, fixed={"organization": str(new_id())}, loose=True),
    "GET /auth/sso/finish/{attempt}": Rule(PUBLIC, fixed={"attempt": str(new_id())}, loose=True),
    "POST /api/v1/dev/pay/{checkout_id}": Rule(
        PUBLIC, fixed={"checkout_id": "nothing"}, body={"outcome": "success"}, loose=True
    ),
    "POST /api/v1/dev/accounts/{account_id}": Rule(
        PUBLIC, fixed={"account_id": "nothing"}, body={"outcome": "complete"}, loose=True
    ),
    "POST /api/v1/dev/payouts/{payout_id}": Rule(
        PUBLIC, fixed={"payout_id": "nothing"}, body={"outcome": "paid"}, loose=True
    ),
    "POST /api/v1/dev/events/deliver": Rule(PUBLIC, loose=True),
    "GET /testmode/onboarding/{link_id}": Rule(PUBLIC, fixed={"link_id": "nothing"}, loose=True),
    "POST /testmode/onboarding/{link_id}": Rule(
        PUBLIC, fixed={"link_id": "nothing"}, form={"outcome": "complete"}, loose=True
    ),
    "GET /testmode/checkout/{checkout_id}": Rule(PUBLIC, fixed={"checkout_id": "nothing"}, loose=True),
    "POST /testmode/checkout/{checkout_id}": Rule(
        PUBLIC, fixed={"checkout_id": "nothing"}, form={"outcome": "success"}, loose=True
    ),
    "GET /api/v1/dev/mailbox": Rule(PUBLIC),
    "POST /api/v1/payments/webhook": Rule(PUBLIC),
    # --- signing in: nobody is known yet ----------------------------------------------------------------------------
    "POST /api/v1/auth/register": Rule(
        PUBLIC,
        body={"email": "x@someone.example", "password": _PASSWORD, "firstName": "X", "lastName": "Y"},
    ),
    **{
        f"POST /api/v1/auth/{path}": Rule(PUBLIC, body=body, loose=True)
        for path, body in {
            "login": {"email": "x@someone.example", "password": "wrong"},
            "verify-otp": _CODE,
            "refresh": {"refreshToken": "nothing"},
            "logout": {"refreshToken": "nothing"},
            "password-reset": {"email": "x@someone.example"},
            "password-reset/confirm": {"token": "nothing", "password": _PASSWORD},
            "email-change/undo": {"token": "nothing"},
            "passkeys/options": {},
            "passkeys/verify": _PASSKEY,
        }.items()
    },
    "GET /api/v1/auth/sso": Rule(PUBLIC, loose=True),
    # --- one's own --------------------------------------------------------------------------------------------------
    "GET /api/v1/auth/me": Rule(SIGNED_IN),
    "PUT /api/v1/auth/profile": Rule(SIGNED_IN, body={"jobTitle": "Agent"}),
    "GET /api/v1/auth/devices": Rule(SIGNED_IN),
    "GET /api/v1/dashboard/learner": Rule(SIGNED_IN),
    "GET /api/v1/calendar": Rule(SIGNED_IN),
    "POST /api/v1/calendar/renew": Rule(SIGNED_IN),
    "GET /calendar/{token}.ics": Rule(PUBLIC, fixed={"token": "nothing"}, loose=True),
    "GET /api/v1/messages": Rule(SIGNED_IN),
    **{
        f"{path}": Rule(
            "learner trainer training_admin manager",
            row("id", "message_threads"),
            refused=404,
            foreign=404,
            body={"body": "Hello"} if path == "POST /api/v1/messages/{id}" else None,
        )
        for path in ("GET /api/v1/messages/{id}", "POST /api/v1/messages/{id}", "POST /api/v1/messages/{id}/read")
    },
    "GET /api/v1/notifications": Rule(SIGNED_IN),
    "POST /api/v1/notifications/read": Rule(SIGNED_IN),
    "POST /api/v1/notifications/{id}/read": Rule("learner", row("id", "notifications"), refused=404, foreign=404),
    "GET /api/v1/notifications/push": Rule(SIGNED_IN),
    "GET /api/v1/notifications/preferences": Rule(SIGNED_IN),
    "PUT /api/v1/notifications/preferences": Rule(
        SIGNED_IN, body={"preferences": [{"topic": "waiting", "delivery": "daily"}]}
    ),
    "DELETE /api/v1/auth/devices/{id}": Rule("learner", row("id", "token_families"), refused=404, foreign=404),
    "POST /api/v1/auth/sign-out-everywhere": Rule(SIGNED_IN),
    **{
        f"{path}": Rule(SIGNED_IN, body=body, loose=True)
        for path, body in {
            "PUT /api/v1/auth/password": {"newPassword": _PASSWORD, "currentPassword": "wrong"},
            "POST /api/v1/auth/email-change": {"email": "other@someone.example"},
            "POST /api/v1/auth/email-change/confirm": {"changeId": str(new_id()), "code": "123456"},
            "POST /api/v1/auth/reauthenticate": {"password": "wrong"},
            "POST /api/v1/auth/reauthenticate/confirm": _CODE,
            "POST /api/v1/auth/reauthenticate/passkey": _PASSKEY,
            "POST /api/v1/auth/factors/totp": None,
            "POST /api/v1/auth/factors/totp/confirm": {"factorId": str(new_id()), "code": "123456"},
            "DELETE /api/v1/auth/factors/totp": None,
            "POST /api/v1/auth/factors/recovery-codes": None,
            "POST /api/v1/auth/factors/passkeys/options": None,
            "POST /api/v1/auth/factors/passkeys": {**_PASSKEY, "name": "Key"},
        }.items()
    },
    "GET /api/v1/auth/factors": Rule(SIGNED_IN),
    "DELETE /api/v1/auth/factors/passkeys/{id}": Rule(
        "learner", row("id", "passkeys"), refused=404, foreign=404, loose=True
    ),
    "GET /api/v1/auth/kyc": Rule(SIGNED_IN),
    "POST /api/v1/auth/kyc": Rule(SIGNED_IN, form={"kind": "identity_card"}, file=True),
    "POST /api/v1/auth/kyc/submit": Rule(SIGNED_IN, loose=True),
    "GET /api/v1/auth/kyc/documents/{documentId}": Rule(
        "", row("documentId", "kyc_documents"), refused=404, foreign=404
    ),
    "DELETE /api/v1/auth/kyc/documents/{documentId}": Rule(
        "", row("documentId", "kyc_documents"), refused=404, foreign=404
    ),
    "POST /uploads/identity": Rule(SIGNED_IN, browser=True, form={"kind": "identity_card"}, file=True),
    # --- organisations ----------------------------------------------------------------------------------------------
    "POST /api/v1/organizations": Rule(SIGNED_IN, body={"kind": "company", "name": "New Handling"}),
    "GET /api/v1/organizations": Rule(SIGNED_IN),
    "POST /api/v1/organizations/join-requests": Rule(SIGNED_IN, body={"siret": "73282932000074"}, loose=True),
    "GET /api/v1/organizations/lookup": Rule(SIGNED_IN, loose=True),
    "GET /api/v1/organizations/{id}": Rule("learner manager admin", company(), refused=404, foreign=404, anonymous=404),
    "PUT /api/v1/organizations/{id}": Rule(RUNS_IT, ours, body={"website": ""}),
    "POST /api/v1/organizations/{id}/users": Rule(RUNS_IT, ours, body=_INVITE),
    "GET /api/v1/organizations/{id}/members": Rule(RUNS_IT, ours),
    "PUT /api/v1/organizations/{id}/members/{userId}": Rule(
        "manager admin",
        lambda side, _role: {"id": side.company, "userId": side.learner.user_id},
        body={"roles": ["learner"]},
    ),
    "DELETE /api/v1/organizations/{id}/members/{userId}": Rule(
        "learner manager admin",
        lambda side, _role: {"id": side.company, "userId": side.learner.user_id},
    ),
    "POST /api/v1/organizations/{id}/members/{userId}/restore": Rule(
        "manager admin",
        lambda side, _role: {"id": side.company, "userId": side.learner.user_id},
        loose=True,
    ),
    "GET /api/v1/organizations/{id}/invitations": Rule(RUNS_IT, ours),
    "POST /api/v1/organizations/{id}/invitations": Rule(RUNS_IT, ours, body=_INVITE),
    "POST /api/v1/organizations/{id}/invitations/import": Rule(
        RUNS_IT, ours, content="email,first_name,last_name,role\n"
    ),
    "DELETE /api/v1/organizations/{id}/invitations/{partId}": Rule(
        "manager admin", company("partId=organization_invitations")
    ),
    "POST /api/v1/organizations/{id}/invitations/{partId}/resend": Rule(
        "manager admin", company("partId=organization_invitations")
    ),
    "GET /api/v1/organizations/{id}/join-requests": Rule(RUNS_IT, ours),
    "DELETE /api/v1/organizations/{id}/join-requests/{partId}": Rule(
        "manager admin", company("partId=organization_join_requests")
    ),
    "POST /organisation/{id}/import": Rule(RUNS_IT, ours, browser=True, content="email,first_name,last_name,role\n"),
    "GET /api/v1/invitations/{token}": Rule(PUBLIC, fixed={"token": "nothing"}, loose=True),
    "POST /api/v1/invitations/{token}/accept": Rule(SIGNED_IN, fixed={"token": "nothing"}, loose=True),
    "POST /api/v1/invitations/{token}/decline": Rule(PUBLIC, fixed={"token": "nothing"}, loose=True),
    # --- reports ----------------------------------------------------------------------------------------------------
    # Of one's own organisation: the stranger's, too, and an administrator names one.
    "GET /api/v1/reports/financial": Rule(f"{RUNS_IT} stranger", loose=True),
    "GET /api/v1/reports/bpf": Rule(f"{RUNS_IT} stranger", loose=True),
    "GET /api/v1/reports/quality": Rule(f"{RUNS_IT} stranger", loose=True),
    "GET /api/v1/reports/compliance": Rule("manager airport_manager admin stranger", loose=True),
    "GET /api/v1/dashboard/airport": Rule("manager airport_manager admin stranger", loose=True),
    "GET /api/v1/reports/exports": Rule(SIGNED_IN),
    "POST /api/v1/reports/exports": Rule(
        f"{RUNS_IT} stranger", body={"report": "financial", "format": "csv"}, loose=True
    ),
    # A file is its reader's, and theirs only while they read reports.
    **{
        f"GET /api/v1/reports/exports/{{id}}{tail}": Rule(
            "learner", row("id", "report_exports"), refused=404, foreign=404, loose=True
        )
        for tail in ("", "/download")
    },
    "GET /api/v1/reports/schedules": Rule(f"{RUNS_IT} stranger", loose=True),
    "POST /api/v1/reports/schedules": Rule(
        f"{RUNS_IT} stranger",
        body={"report": "financial", "format": "csv", "frequency": "weekly", "recipientId": str(new_id())},
        loose=True,
    ),
    "DELETE /api/v1/reports/schedules/{id}": Rule(
        "manager admin", row("id", "report_schedules"), refused=404, foreign=404
    ),
    # --- payouts ----------------------------------------------------------------------------------------------------
    # Of one's own organisation: the stranger's, too, and an administrator has none.
    "GET /api/v1/payouts": Rule(f"{SCHOOL} stranger", loose=True),
    "GET /api/v1/payouts/schedule": Rule(f"{SCHOOL} stranger", loose=True),
    **{
        f"GET /api/v1/organizations/{{id}}/{name}": Rule(SCHOOL, lambda side, _role: {"id": side.school})
        for name in ("sales", "sales.csv", "merchant-account")
    },
    "POST /api/v1/organizations/{id}/merchant-account": Rule(
        SCHOOL, lambda side, _role: {"id": side.school}, body={"locale": "fr"}, loose=True
    ),
    # --- single sign-on ---------------------------------------------------------------------------------------------
    "GET /api/v1/organizations/{id}/sso": Rule("manager admin", company()),
    "PUT /api/v1/organizations/{id}/sso": Rule(
        "manager admin", company(), body={"issuer": "https://login.example", "clientId": "us"}
    ),
    "DELETE /api/v1/organizations/{id}/sso": Rule("manager admin", company()),
    "POST /api/v1/organizations/{id}/sso/test": Rule("manager admin", company()),
    "POST /api/v1/organizations/{id}/sso/domains": Rule(RUNS_IT, ours, body={"domain": "claimed.example"}, loose=True),
    **{
        f"{method} /api/v1/organizations/{{id}}/sso/domains/{{domain}}{tail}": Rule(
            who, lambda side, _role: {"id": side.company, "domain": f"{side.name}.example"}, body=body
        )
        for method, tail, who, body in (
            ("POST", "/code", "manager admin", {}),
            ("POST", "/proof", "manager admin", {"code": "123456"}),
            ("POST", "/approval", ADMIN, None),
            ("DELETE", "", "manager admin", None),
        )
    },
    "GET /api/v1/admin/sso/domains": Rule(ADMIN),
    # --- verification -----------------------------------------------------------------------------------------------
    "GET /api/v1/organizations/{id}/kyb": Rule(RUNS_IT, ours),
    "POST /api/v1/organizations/{id}/kyb": Rule(RUNS_IT, ours, form={"kind": "registration"}, file=True),
    "POST /api/v1/organizations/{id}/kyb/submit": Rule(RUNS_IT, ours, loose=True),
    "GET /api/v1/organizations/{id}/kyb/documents/{documentId}": Rule(
        "manager admin", company("documentId=kyc_documents"), loose=True
    ),
    "DELETE /api/v1/organizations/{id}/kyb/documents/{documentId}": Rule(
        "manager admin", company("documentId=kyc_documents"), loose=True
    ),
    "POST /uploads/organisation/{id}": Rule(RUNS_IT, ours, browser=True, form={"kind": "registration"}, file=True),
    "GET /api/v1/admin/kyc": Rule(ADMIN),
    "GET /api/v1/admin/kyc/{id}": Rule(ADMIN, row("id", "kyc_cases")),
    "POST /api/v1/admin/kyc/{id}/take": Rule(ADMIN, row("id", "kyc_cases")),
    "POST /api/v1/admin/kyc/{id}/decision": Rule(ADMIN, row("id", "kyc_cases"), body={"decision": "approve"}),
    "POST /api/v1/admin/kyc/{id}/withdrawal": Rule(ADMIN, row("id", "kyc_cases"), body={"reason": "doubtful"}),
    "GET /api/v1/admin/kyc/documents/{documentId}": Rule(ADMIN, row("documentId", "kyc_documents"), loose=True),
    "GET /api/v1/admin/kyc/documents/{documentId}/pages/{page}": Rule(
        ADMIN, lambda side, _role: {"documentId": side.key("kyc_documents"), "page": 1}, loose=True
    ),
    # --- the catalogue and sessions ---------------------------------------------------------------------------------
    **{
        f"GET /api/v1/formations{tail}": Rule(PUBLIC)
        for tail in ("", "/search", "/facets", "/suggestions", "/categories")
    },
    "GET /api/v1/formations/own": Rule(SIGNED_IN),
    "GET /api/v1/formations/{id_or_slug}": Rule(
        SCHOOL, lambda side, _role: {"id_or_slug": side.draft}, refused=404, foreign=404, anonymous=404
    ),
    "POST /api/v1/formations": Rule(
        SCHOOL,
        body=lambda side, role: {
            "title": f"New {role}",
            "category": "DGR",
            "durationMinutes": 420,
            "organizationId": str(side.school),
        },
    ),
    # A published course is everybody's to ask for: there is no foreign one.
    **{
        f"{method} /api/v1/formations/{{id}}/wish": Rule(SIGNED_IN, fixed={"id": str(new_id())}, body=body, loose=True)
        for method, body in (("PUT", {}), ("GET", None), ("DELETE", None))
    },
    "PUT /api/v1/formations/{id}": Rule(SCHOOL, course, body={"bring": "Badge"}),
    "GET /api/v1/formations/{id}/checks": Rule(SCHOOL, draft, refused=404, foreign=404),
    "POST /api/v1/formations/{id}/publish": Rule(SCHOOL, draft, refused=404, foreign=404),
    "DELETE /api/v1/formations/{id}": Rule(SCHOOL, draft, refused=404, foreign=404),
    "POST /api/v1/formations/{id}/sessions": Rule(
        SCHOOL, course, body={"startDate": _soon(40), "endDate": _soon(40, 7), "maxPlaces": 8}
    ),
    "GET /api/v1/sessions": Rule(PUBLIC),
    "GET /api/v1/sessions/{id}": Rule(SCHOOL, draft_session, refused=404, foreign=404, anonymous=404),
    "PUT /api/v1/sessions/{id}": Rule(SCHOOL, session, body={"address": "Hall 2"}),
    "DELETE /api/v1/sessions/{id}": Rule(SCHOOL, session),
    "GET /api/v1/sessions/{id}/attendance": Rule("trainer " + SCHOOL, session, refused=404, foreign=404),
    "GET /api/v1/sessions/{id}/attendance/sheet.pdf": Rule("trainer " + SCHOOL, session, refused=404, foreign=404),
    "GET /api/v1/sessions/{id}/attendance/code/{day}/{part}": Rule(
        "trainer " + SCHOOL, half_day, refused=404, foreign=404, loose=True
    ),
    **{
        f"POST /api/v1/sessions/{{id}}/attendance/{path}": Rule(
            "trainer " + SCHOOL, session, refused=404, foreign=404, body=body, loose=True
        )
        for path, body in {"marks": _mark, "countersignature": _SIGNED, "reopening": _HALF}.items()
    },
    "GET /api/v1/dashboard/of": Rule("trainer stranger " + SCHOOL, loose=True),
    "GET /api/v1/dashboard/of/calendar": Rule("trainer stranger " + SCHOOL, loose=True),
    "GET /api/v1/attendance/codes/{code}": Rule(SIGNED_IN, fixed={"code": "nothing"}),
    "POST /api/v1/attendance/signatures": Rule(SIGNED_IN, body=_TICKET),
    "GET /api/v1/sessions/{id}/enrollments": Rule("trainer " + SCHOOL, session),
    # --- booking ----------------------------------------------------------------------------------------------------
    "POST /api/v1/enrollments": Rule(
        "manager airport_manager stranger",
        body=lambda side, role: {
            "sessionId": str(side.session),
            "payer": "company",
            "participants": [{"email": f"{role}@crew.example", "firstName": "A", "lastName": "B"}],
        },
    ),
    # Of one's own organisation: the stranger's, too, and an administrator has none.
    "POST /api/v1/plans": Rule(f"{MANAGES} stranger", body={"until": _soon(60)[:10]}),
    "GET /api/v1/plans": Rule(f"{MANAGES} stranger"),
    "GET /api/v1/plans/limits": Rule(f"{MANAGES} stranger"),
    "POST /api/v1/plans/unavailabilities": Rule(
        f"{MANAGES} stranger",
        body=lambda side, _role: {
            "userId": str(side.learner.user_id),
            "firstDay": _soon(2)[:10],
            "lastDay": _soon(3)[:10],
        },
        loose=True,
    ),
    "PUT /api/v1/plans/shift-minimums": Rule(
        f"{MANAGES} stranger", body={"siteId": str(new_id()), "minimum": 1}, loose=True
    ),
    **{
        f"{method} /api/v1/plans/{path}": Rule("manager admin", row("id", table), refused=404, foreign=404, body=body)
        for method, path, table, body in (
            ("GET", "{id}", "plans", None),
            ("PATCH", "{id}", "plans", {"secondsLimit": 30}),
            ("POST", "{id}/cancel", "plans", None),
            ("POST", "{id}/book", "plans", {}),
            ("DELETE", "unavailabilities/{id}", "plan_unavailabilities", None),
            ("DELETE", "shift-minimums/{id}", "plan_shift_minimums", None),
        )
    },
    "GET /api/v1/enrollments": Rule(SIGNED_IN),
    "GET /api/v1/enrollments/{id}": Rule(
        "learner manager trainer " + SCHOOL, row("id", "enrollments"), refused=404, foreign=404
    ),
    "PUT /api/v1/enrollments/{id}/cancel": Rule(
        "manager " + SCHOOL, row("id", "enrollments"), foreign=404, apart="airport_manager"
    ),
    "POST /api/v1/enrollments/{id}/complete": Rule(
        "trainer " + SCHOOL,
        row("id", "enrollments"),
        foreign=404,
        apart="airport_manager",
        body={"present": True, "passed": False},
    ),
    "GET /api/v1/orders": Rule(SIGNED_IN),
    "GET /api/v1/orders/export.csv": Rule(SIGNED_IN),
    "POST /api/v1/orders/{id}/cancel": Rule("manager " + SCHOOL, row("id", "orders"), refused=404, foreign=404),
    "GET /api/v1/enrollments/contract": Rule(SIGNED_IN),
    "GET /api/v1/orders/{id}/contract": Rule("manager " + SCHOOL, row("id", "orders"), refused=404, foreign=404),
    "GET /api/v1/orders/{id}/convention": Rule(
        "manager " + SCHOOL, row("id", "orders"), refused=404, foreign=404, loose=True
    ),
    "GET /api/v1/sessions/{id}/conventions": Rule(SCHOOL, session, refused=404, foreign=404, loose=True),
    "GET /api/v1/orders/{id}/instalments": Rule("manager " + SCHOOL, row("id", "orders"), refused=404, foreign=404),
    "POST /api/v1/orders/{id}/instalments/{instalmentId}/checkout": Rule(
        "manager",
        lambda side, _role: {"id": side.order, "instalmentId": side.key("instalments")},
        refused=404,
        foreign=404,
    ),
    # The planted order is a company's: there is nothing to withdraw from.
    "GET /api/v1/orders/{id}/withdrawal": Rule("manager", row("id", "orders"), refused=404, foreign=404, loose=True),
    "POST /api/v1/orders/{id}/withdrawal": Rule(
        "manager", row("id", "orders"), refused=404, foreign=404, body={}, loose=True
    ),
    "GET /api/v1/orders/{id}/withdrawal/receipt": Rule(
        "manager " + SCHOOL, row("id", "orders"), refused=404, foreign=404
    ),
    "GET /api/v1/orders/{id}": Rule("manager admin", row("id", "orders"), refused=404, foreign=404),
    # Sessions are everybody's to wait for: this one is nowhere.
    "POST /api/v1/sessions/{id}/waiting-list": Rule(
        SIGNED_IN, fixed={"id": str(new_id())}, body={"quantity": 1}, loose=True
    ),
    "GET /api/v1/sessions/{id}/waiting-list": Rule("trainer " + SCHOOL, session, refused=404, foreign=404),
    "GET /api/v1/waiting-list": Rule(SIGNED_IN),
    "DELETE /api/v1/waiting-list/{id}": Rule(
        "learner manager", row("id", "waiting_list_entries"), refused=404, foreign=404
    ),
    "POST /api/v1/waiting-list/{id}/restore": Rule(
        "learner manager", row("id", "waiting_list_entries"), refused=404, foreign=404
    ),
    "POST /api/v1/waiting-list/{id}/accept": Rule(
        "learner manager",
        row("id", "waiting_list_entries"),
        refused=404,
        foreign=404,
        loose=True,
        body={"payer": "company", "participants": [{"email": "a@crew.example", "firstName": "A", "lastName": "B"}]},
    ),
    "POST /api/v1/payments/checkout": Rule(
        "manager admin",
        body=lambda side, _role: {"orderId": str(side.order)},
        refused=404,
        foreign=404,
    ),
    **{
        f"{method} /api/v1/organizations/{{id}}/{path}": Rule("manager airport_manager admin", ours, body=body)
        for method, path, body in (
            ("GET", "budget", None),
            ("GET", "budget/orders", None),
            ("POST", "budget/centers", {"code": "A", "name": "Ramp", "year": 2031, "allocatedCents": 1}),
            ("GET", "training-requests", None),
        )
    },
    "PUT /api/v1/organizations/{id}/budget/centers/{centerId}": Rule(
        "manager admin", company("centerId=cost_centers"), body={"code": "B", "name": "Ramp", "allocatedCents": 9}
    ),
    "DELETE /api/v1/organizations/{id}/budget/centers/{centerId}": Rule(
        "manager admin", company("centerId=cost_centers")
    ),
    "PUT /api/v1/organizations/{id}/budget/orders/{orderId}": Rule(
        "manager admin", company("orderId=orders"), body={"costCenterId": None}
    ),
    **{f"POST /api/v1/enrollments/{path}": Rule("manager", body=_team) for path in ("assign", "assign/preview")},
    "POST /api/v1/training-requests": Rule(
        "learner manager",
        body=lambda side, _role: {"sessionId": str(side.session), "organizationId": str(side.company)},
    ),
    "GET /api/v1/training-requests": Rule(SIGNED_IN),
    **{
        f"POST /api/v1/training-requests/{{id}}/{path}": Rule(
            who, row("id", "training_requests"), refused=404, foreign=404, body=body
        )
        for path, who, body in (
            ("approve", "manager", {}),
            ("refuse", "manager", {"note": "No"}),
            ("withdraw", "learner", None),
        )
    },
    "POST /api/v1/enrollments/quote": Rule(SIGNED_IN, body=lambda side, _role: {"sessionId": str(side.session)}),
    "PUT /api/v1/enrollments/{id}/participant": Rule(
        "manager " + SCHOOL,
        row("id", "enrollments"),
        foreign=404,
        apart="airport_manager",
        body={"participant": {"email": "new@crew.example", "firstName": "A", "lastName": "B"}},
    ),
    "GET /api/v1/enrollments/{id}/sessions": Rule(
        "manager " + SCHOOL, row("id", "enrollments"), foreign=404, apart="airport_manager"
    ),
    "PUT /api/v1/enrollments/{id}/session": Rule(
        "manager " + SCHOOL,
        row("id", "enrollments"),
        foreign=404,
        apart="airport_manager",
        body=lambda side, _role: {"sessionId": str(side.draft_session)},
    ),
    "GET /api/v1/payments/{id}/refund-preview": Rule(
        "manager " + SCHOOL, row("id", "payments"), refused=404, foreign=404
    ),
    "POST /api/v1/payments/{id}/refund": Rule(
        "manager " + SCHOOL, row("id", "payments"), refused=404, foreign=404, body={}
    ),
    "GET /api/v1/organizations/{id}/discounts": Rule(SCHOOL, school),
    "POST /api/v1/organizations/{id}/discounts": Rule(
        SCHOOL, school, body=lambda _side, role: {"code": f"NEW-{role}", "percent": 10}
    ),
    "DELETE /api/v1/organizations/{id}/discounts/{discountId}": Rule(
        SCHOOL, lambda side, _role: {"id": side.school, "discountId": side.key("discount_codes")}
    ),
    "GET /api/v1/invoices": Rule(SIGNED_IN),
    "GET /api/v1/invoices.csv": Rule(SIGNED_IN),
    "GET /api/v1/invoices/{id}": Rule("manager " + SCHOOL, row("id", "invoices"), refused=404, foreign=404),
    # Its document was never made.
    "GET /api/v1/invoices/{id}/pdf": Rule("manager " + SCHOOL, row("id", "invoices"), refused=404, foreign=404),
    "POST /api/v1/invoices/{id}/transfers": Rule(
        SCHOOL, row("id", "invoices"), apart="learner trainer airport_manager", foreign=404, body=_TRANSFER
    ),
    "POST /api/v1/payments/{id}/transfers": Rule(
        SCHOOL, row("id", "payments"), apart="learner trainer airport_manager", foreign=404, body=_TRANSFER, loose=True
    ),
    "GET /api/v1/organizations/{id}/statement": Rule(RUNS_IT, ours),
    "GET /api/v1/organizations/{id}/statement.csv": Rule(RUNS_IT, ours),
    "GET /api/v1/organizations/{id}/statement.pdf": Rule(RUNS_IT, ours),
    "GET /api/v1/orders/{id}/funding": Rule("manager " + SCHOOL, row("id", "orders"), refused=404, foreign=404),
    "POST /api/v1/funding/{id}/decision": Rule(
        SCHOOL,
        row("id", "order_funding"),
        apart="learner trainer airport_manager",
        foreign=404,
        body={"agreed": True},
        loose=True,
    ),
    "GET /api/v1/payments/history": Rule(SIGNED_IN),
    "GET /api/v1/payments/disputes": Rule(SIGNED_IN),
    "GET /api/v1/payments/disputes/{id}": Rule(SCHOOL, row("id", "disputes"), refused=404, foreign=404),
    "GET /api/v1/payments/disputes/{id}/evidence": Rule(ADMIN, row("id", "disputes")),
    "GET /api/v1/payments/disputes/{id}/evidence.pdf": Rule(ADMIN, row("id", "disputes"), loose=True),
    "POST /api/v1/payments/disputes/{id}/evidence": Rule(ADMIN, row("id", "disputes")),
    "GET /api/v1/payments/{id}": Rule("manager " + SCHOOL, row("id", "payments"), refused=404, foreign=404),
    # --- certificates -----------------------------------------------------------------------------------------------
    "GET /api/v1/certificates": Rule(SIGNED_IN),
    "GET /api/v1/certificates/status/{list}": Rule(PUBLIC, fixed={"list": str(new_id())}, loose=True),
    "GET /api/v1/certificates/verify/{token}": Rule(PUBLIC, fixed={"token": "nothing"}, loose=True),
    "POST /api/v1/certificates/verify/{token}": Rule(PUBLIC, fixed={"token": "nothing"}, body=_SHA, loose=True),
    "POST /api/v1/certificates/verify": Rule(PUBLIC, body=_SHA, loose=True),
    "GET /api/v1/certificates/verify": Rule(PUBLIC, loose=True),
    "GET /api/v1/certificates/verify/{token}/proof": Rule(PUBLIC, fixed={"token": "nothing"}, loose=True),
    "GET /api/v1/certificates/{id}/proof": Rule(
        "learner manager trainer " + SCHOOL, row("id", "certificates"), refused=404, foreign=404
    ),
    "PUT /api/v1/certificates/{id}/masking": Rule(
        "learner", row("id", "certificates"), refused=404, foreign=404, body={"masked": True}
    ),
    **{
        f"{method} /api/v1/certificates/{{id}}{tail}": Rule(
            "learner manager trainer " + SCHOOL, row("id", "certificates"), refused=404, foreign=404, body=body
        )
        for method, tail, body in (
            *(("GET", "", None), ("GET", "/download", None), ("GET", "/credential", None)),
            ("POST", "/verify", _SHA),
        )
    },
    **{
        f"POST /api/v1/certificates/{{id}}/{act}": Rule(
            SCHOOL, row("id", "certificates"), foreign=404, apart="airport_manager", body=body
        )
        for act, body in (("revoke", {"reasonCode": "attendance_corrected"}), ("correct", {"holder": "Lea"}))
    },
    "GET /api/v1/certificates/{id}/history": Rule(
        "learner manager trainer " + SCHOOL, row("id", "certificates"), refused=404, foreign=404
    ),
    "GET /api/v1/organizations/{id}/certificates": Rule(SCHOOL, school),
    **{
        f"{method} /api/v1/organizations/{{id}}/certificate-template{tail}": Rule(SCHOOL, school, body=body)
        for method, tail, body in (
            ("GET", "", None),
            ("PUT", "", {"signatory": "Olga"}),
            ("DELETE", "/logo", None),
            ("GET", "/specimen", None),
            ("GET", "/preview", None),
        )
    },
    "POST /api/v1/organizations/{id}/certificate-template/logo": Rule(SCHOOL, school, form={}, file=True),
    "POST /uploads/logo/{id}": Rule(SCHOOL, school, browser=True, form={}, file=True),
    "GET /api/v1/certificates/{id}/completion-statement": Rule(
        "learner manager trainer " + SCHOOL, row("id", "certificates"), refused=404, foreign=404
    ),
    "POST /api/v1/certificates/campaigns": Rule(
        SCHOOL,
        school,
        body=lambda side, _role: {"organizationId": str(side.school), "sessionIds": [str(side.session)]},
    ),
    "GET /api/v1/certificates/campaigns/{id}": Rule(
        SCHOOL, row("id", "certificate_campaigns"), refused=404, foreign=404
    ),
    "POST /api/v1/certificates/campaigns/{id}/retry": Rule(
        SCHOOL, row("id", "certificate_campaigns"), refused=404, foreign=404
    ),
    "GET /api/v1/certificates/external": Rule(SIGNED_IN),
    "GET /api/v1/certificates/external/queue": Rule(SIGNED_IN),
    "POST /api/v1/certificates/external": Rule(SIGNED_IN, form=_ELSEWHERE, file=True),
    "POST /uploads/certificate": Rule(SIGNED_IN, browser=True, form=_ELSEWHERE, file=True),
    **{
        f"GET /api/v1/certificates/external/{{id}}{tail}": Rule(
            "learner manager admin", row("id", "external_certificates"), refused=404, foreign=404
        )
        for tail in ("", "/file")
    },
    "GET /api/v1/certificates/external/{id}/pages/{page}": Rule(
        "learner manager admin",
        lambda side, _role: {"id": side.key("external_certificates"), "page": 1},
        refused=404,
        foreign=404,
    ),
    "POST /api/v1/certificates/external/{id}/decision": Rule(
        "manager admin",
        row("id", "external_certificates"),
        foreign=404,
        apart="trainer training_admin airport_manager",
        body={"accepted": True},
    ),
    "DELETE /api/v1/certificates/external/{id}": Rule(
        "learner", row("id", "external_certificates"), refused=404, foreign=404
    ),
    # --- one's data ------------------------------------------------------------------------------------------------
    "GET /api/v1/privacy/export": Rule(SIGNED_IN),
    "POST /api/v1/privacy/export": Rule(SIGNED_IN),
    # The archive of this world was never made: its owner is told the same as everybody else.
    "GET /api/v1/privacy/export/{id}/download": Rule(
        "learner", row("id", "privacy_exports"), refused=404, foreign=404, loose=True
    ),
    "GET /api/v1/privacy/erasure": Rule(SIGNED_IN),
    "POST /api/v1/privacy/erasure": Rule(SIGNED_IN),
    "DELETE /api/v1/privacy/erasure": Rule(SIGNED_IN, loose=True),
    "GET /api/v1/privacy/consents": Rule(SIGNED_IN),
    "PUT /api/v1/privacy/consents": Rule(SIGNED_IN, body={"purpose": "product_news", "given": True}),
    # --- administration ---------------------------------------------------------------------------------------------
    "GET /api/v1/admin/audit": Rule(ADMIN),
    "GET /api/v1/admin/audit/export.csv": Rule(ADMIN),
    "GET /api/v1/admin/audit/chain": Rule(ADMIN),
    "GET /api/v1/admin/audit/retention": Rule(ADMIN),
    "POST /api/v1/formations/{id}/reports": Rule(
        SIGNED_IN, fixed={"id": str(new_id())}, body={"reason": "other"}, loose=True
    ),
    "GET /api/v1/admin/moderation": Rule(ADMIN),
    "POST /api/v1/admin/moderation/decisions": Rule(
        ADMIN, body={"courseId": str(new_id()), "decision": "keep"}, loose=True
    ),
    "GET /api/v1/admin/risk": Rule(ADMIN),
    "GET /api/v1/admin/risk/{id}": Rule(ADMIN, row("id", "risk_assessments")),
    "POST /api/v1/admin/risk/{id}/decisions": Rule(
        ADMIN, row("id", "risk_assessments"), body={"decision": "note", "note": "seen"}
    ),
    "GET /api/v1/payments/events": Rule(ADMIN),
    "GET /api/v1/payments/events/{id}": Rule(ADMIN, row("id", "webhook_events")),
    "POST /api/v1/payments/events/{id}/replay": Rule(ADMIN, row("id", "webhook_events")),
    "GET /api/v1/finance/summary": Rule(ADMIN),
    "GET /api/v1/finance/differences": Rule(ADMIN),
    "POST /api/v1/finance/differences/{id}/resolve": Rule(
        ADMIN, row("id", "reconciliation_differences"), body={"note": "explained by the bank"}
    ),
    "GET /api/v1/finance/refunds/failed": Rule(ADMIN),
    "POST /api/v1/finance/refunds/{id}/retry": Rule(ADMIN, row("id", "refunds")),
    "POST /api/v1/finance/refunds/{id}/paid-by-hand": Rule(
        ADMIN, row("id", "refunds"), body={"reference": "VIR 2026-11", "paidOn": "2026-11-20"}
    ),
    "POST /api/v1/finance/exports": Rule(ADMIN, body={"format": "csv", "since": "2026-11-01", "until": "2026-11-30"}),
    "GET /api/v1/finance/exports/{id}": Rule(ADMIN, row("id", "ledger_exports")),
    "GET /api/v1/finance/exports/{id}/download": Rule(ADMIN, row("id", "ledger_exports")),
}
