"""`/health`: whether the process and its database answer."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from pygmalion_app.core.unit_of_work import container

router = APIRouter(tags=["health"])


@router.get("/health")
async def health() -> JSONResponse:
    """Answer 200 when the database answers within two seconds, else 503."""
    try:
        async with container().reader.connection(timeout=2) as connection:
            await connection.execute("SELECT 1")
    except Exception:  # noqa: BLE001 - whatever keeps the database from answering means the same here
        return JSONResponse({"success": False, "data": {"status": "degraded", "database": "unreachable"}}, 503)
    return JSONResponse({"success": True, "data": {"status": "ok", "database": "ok"}})
