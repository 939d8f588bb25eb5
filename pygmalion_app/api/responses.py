"""The envelopes of the REST API: `{"success": true, "data": ...}`, and `meta` beside it for lists."""

from collections.abc import Callable
from typing import Generic, Literal, TypeVar

from fastapi import Response
from pydantic import BaseModel

from pygmalion_app.core.paging import Page

T = TypeVar("T")
S = TypeVar("S")


class Success(BaseModel, Generic[T]):
    """One result."""

    success: Literal[True] = True
    data: T


class Meta(BaseModel):
    """Where a list's page stands."""

    page: int
    limit: int
    total: int


class Listed(BaseModel, Generic[T]):
    """One page of results."""

    success: Literal[True] = True
    data: list[T]
    meta: Meta


def ok(data: T) -> Success[T]:
    """Wrap one result."""
    return Success(data=data)


def ok_encoded(data: bytes) -> Response:
    """Wrap one result that is JSON already: that of a reading which many share."""
    return Response(b'{"success":true,"data":' + data + b"}", media_type="application/json")


def listed(page: Page[S], convert: Callable[[S], T]) -> Listed[T]:
    """Wrap a page, each item converted to what the API shows."""
    meta = Meta(page=page.request.page, limit=page.request.limit, total=page.total)
    return Listed(data=[convert(item) for item in page.items], meta=meta)
