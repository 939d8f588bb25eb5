"""What the API's description (OpenAPI) says of every operation alike: who may call it, and how errors look.

FastAPI describes what each route takes and gives. Errors come from one place here, whatever the route, and who calls is
a dependency: both are told once, from the routes themselves.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel, ConfigDict, Field

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.api.deps import current_actor, signed_in_actor
from pygmalion_app.api.problems import MEDIA_TYPE

_ERRORS = {"4XX": "Refused; `code` says why.", "5XX": "It failed on our side, or an outside part did not answer."}
_SCHEMES = {
    "accessToken": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The access token of `/auth/verify-otp`, 15 minutes.",
    },
    "browserSession": {
        "type": "apiKey",
        "in": "cookie",
        "name": SESSION_COOKIE,
        "description": "A signed-in browser; reads only.",
    },
}


class Problem(BaseModel):
    """An error (RFC 9457). `code` is stable, `detail` is for people in the language asked for; facts may follow."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:pygmalion:problem:not_found"])
    title: str
    status: int
    code: str
    detail: str
    instance: str = ""


def describe(app: FastAPI) -> None:
    """Have an application describe errors and sign-in."""
    by_framework = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(app, by_framework())
        return app.openapi_schema

    app.openapi = described


def _completed(app: FastAPI, schema: dict[str, Any]) -> dict[str, Any]:
    components: dict[str, Any] = schema.setdefault("components", {})
    schemas: dict[str, Any] = components.setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    components["securitySchemes"] = _SCHEMES
    for route in iter_route_contexts(app.routes):
        described: dict[str, Any] = schema["paths"].get(route.path_format, {})
        for method in route.methods or ():
            if isinstance(route.original_route, APIRoute) and method.lower() in described:
                _complete(described[method.lower()], _calls(route.dependant), method)
    return schema


def _complete(operation: dict[str, Any], calls: set[Any], method: str) -> None:
    problem = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    responses: dict[str, Any] = operation["responses"]
    responses.pop("422", None)
    for status, description in _ERRORS.items():
        responses.setdefault(status, {"description": description, **problem})
    if current_actor in calls:
        operation["parameters"] = [
            one for one in operation.get("parameters", ()) if (one["in"], one["name"]) != ("header", "authorization")
        ]
        ways: list[dict[str, Any]] = [{"accessToken": []}]
        if method == "GET":
            ways.append({"browserSession": []})
        operation["security"] = ways if signed_in_actor in calls else [{}, *ways]


def _calls(dependant: Dependant) -> set[Any]:
    return {dependant.call}.union(*(_calls(one) for one in dependant.dependencies))
