"""The REST API and the server-rendered pages, as one FastAPI application."""

import importlib
from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, FastAPI

from pygmalion_app.api import (
    browser,
    calendar_feed,
    did_documents,
    docs,
    health,
    import_files,
    page_uploads,
    problems,
    single_sign_on,
)
from pygmalion_app.api.by_word import ByWord
from pygmalion_app.api.caller import RememberCaller
from pygmalion_app.api.description import describe
from pygmalion_app.api.limits import BodyLimit
from pygmalion_app.api.openapi import OpenApiDocument
from pygmalion_app.api.public_pages import badge, robots, site, verification
from pygmalion_app.api.quick import QuickReads, shortcuts
from pygmalion_app.api.rate_limits import CallLimits

V1 = "/api/v1"
V1_ROUTERS = (
    "auth",
    "security",
    "factors",
    "organizations",
    "sso",
    "kyc",
    "formations",
    "sessions",
    "attendance",
    "teaching",
    "contracts",
    "assignments",
    "enrollments",
    "orders",
    "budgets",
    "waiting_list",
    "plans",
    "payment_events",
    # Before the payments: their address of one would take this word for an id.
    "disputes",
    "payments",
    "payouts",
    "finance",
    "reports",
    "airport",
    "invoices",
    # Before the certificates: their address of one would take these words for ids.
    "certificate_life",
    "external_certificates",
    "certificate_documents",
    "verification",
    "certificates",
    "credentials",
    "compliance",
    "workplace",
    "moderation",
    "risk",
    "privacy",
    "audit",
    "notifications",
    "learning",
    "messages",
)


def create_api(more: Sequence[APIRouter] = (), described: Path | None = None) -> FastAPI:
    """Return the application; `more` are routers of embedded parts, which exist outside production only.

    `described` is where the description of this very code is kept, if it is.
    """
    app = FastAPI(
        title="Pygmalion",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    problems.install(app)
    app.add_middleware(BodyLimit)
    # Before the routers: an address that is asked for after them has each build all its routes first, a second's work.
    app.add_route(f"{V1}/openapi.json", OpenApiDocument(app, described).answer, include_in_schema=False)
    app.include_router(health.router, prefix=V1)
    app.include_router(docs.router, prefix=V1)
    by_word = ByWord(V1)
    quick = shortcuts([*site.routes, *verification.routes])
    for name in V1_ROUTERS:
        router = importlib.import_module(f"pygmalion_app.api.v1.{name}").router
        app.include_router(router, prefix=V1)
        by_word.add(app.router.routes[-1], router.routes)
        quick += shortcuts(router.routes, V1)
    app.router.routes.insert(0, by_word)
    app.add_middleware(QuickReads, known=quick)
    app.add_middleware(CallLimits)
    app.add_middleware(RememberCaller)
    app.include_router(browser.router)
    app.include_router(single_sign_on.router)
    app.include_router(import_files.router)
    app.include_router(page_uploads.router)
    app.include_router(verification.router)
    app.include_router(badge.router)
    app.include_router(did_documents.router)
    app.include_router(calendar_feed.router)
    app.router.routes.extend([*site.routes, *robots.routes, *verification.routes])
    for router in more:
        app.include_router(router)
    describe(app)
    return app
