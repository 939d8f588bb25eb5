"""Errors as RFC 9457 problems: a stable `code`, a title and a detail in the caller's language."""

import logging
from typing import Any

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from pygmalion_app.core.errors import BusyError, PygmalionError
from pygmalion_app.core.i18n import LOCALES, MissingMessageError, translate
from pygmalion_app.core.ids import new_token

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 401: "not_authenticated", 403: "permission_denied"}
_BUSY = (LockNotAvailable, DeadlockDetected, QueryCanceled)


def install(app: FastAPI) -> None:
    """Answer every error of an application with a problem."""
    app.add_exception_handler(PygmalionError, _expected)  # pyright: ignore[reportArgumentType]
    app.add_exception_handler(RequestValidationError, _invalid)  # pyright: ignore[reportArgumentType]
    app.add_exception_handler(HTTPException, _http)  # pyright: ignore[reportArgumentType]
    app.add_exception_handler(DBAPIError, _database)  # pyright: ignore[reportArgumentType]
    app.add_exception_handler(psycopg.Error, _psycopg)  # pyright: ignore[reportArgumentType]
    app.add_exception_handler(Exception, _unexpected)


def problem(request: Request, code: str, status: int, facts: dict[str, Any] | None = None, **more: Any) -> JSONResponse:
    """Return a problem; `facts` fill the detail's text and stand beside it."""
    facts = {
        name: value if isinstance(value, str | int | float | bool) else str(value)
        for name, value in (facts or {}).items()
    }
    locale = language_of(request)
    body = {
        "type": f"urn:pygmalion:problem:{code}",
        "title": _text(locale, f"error-{code}-title", facts) or translate(locale, "error-internal-title"),
        "status": status,
        "code": code,
        "detail": _text(locale, f"error-{code}", facts) or translate(locale, "error-internal"),
        "instance": request.url.path[:200],
        **facts,
        **more,
    }
    wait = facts.get("retry_after", "1" if status == BusyError.status else None)
    return JSONResponse(body, status, {"Retry-After": str(wait)} if wait else None, MEDIA_TYPE)


def language_of(request: Request) -> str:
    """Return the language a caller asks for, French first."""
    wanted = request.headers.get("accept-language", "")[:2].lower()
    return wanted if wanted in LOCALES else "fr"


def _text(locale: str, key: str, facts: dict[str, Any]) -> str | None:
    try:
        return translate(locale, key, **facts)
    except (MissingMessageError, ValueError):
        return None


async def _expected(request: Request, error: PygmalionError) -> JSONResponse:
    more = {"field": error.field} if error.field else {}
    return problem(request, error.code, error.status, error.facts, **more)


async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    # The rejected value is not echoed: it may be a password.
    errors = [
        {"field": ".".join(str(part) for part in entry["loc"][1:]), "message": entry["msg"], "rule": entry["type"]}
        for entry in error.errors()
    ]
    return problem(request, "invalid_input", 422, None, errors=errors)


async def _http(request: Request, error: HTTPException) -> JSONResponse:
    return problem(request, _HTTP_CODES.get(error.status_code, "http_error"), error.status_code)


async def _database(request: Request, error: DBAPIError) -> JSONResponse:
    if isinstance(error.orig, _BUSY):
        return problem(request, BusyError.code, BusyError.status)
    return await _unexpected(request, error)


async def _psycopg(request: Request, error: psycopg.Error) -> JSONResponse:
    if isinstance(error, _BUSY):
        return problem(request, BusyError.code, BusyError.status)
    return await _unexpected(request, error)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    reference = new_token(6)
    log.error("unexpected error %s on %s", reference, request.url.path, exc_info=error)
    return problem(request, "internal", 500, {"reference": reference})
