"""What tests need of a self-funded individual: the contract accepted, the order, the card."""

from typing import Any

import httpx

LEA = {"email": "lea@test.example", "firstName": "Lea", "lastName": "Test"}


async def acceptance(api: httpx.AsyncClient, headers: dict[str, str], session: object, **query: str) -> dict[str, Any]:
    """Return the part of an order that accepts the contract as it is now."""
    shown = await api.get("/enrollments/contract", params={"sessionId": str(session), **query}, headers=headers)
    assert shown.status_code == 200, shown.text
    return {"contractAccepted": True, "contractHash": shown.json()["data"]["hash"]}


async def ordered(api: httpx.AsyncClient, headers: dict[str, str], session: object) -> dict[str, Any]:
    """Return Lea's order, her contract accepted and her card still to be saved."""
    body = {"sessionId": str(session), "payer": "individual", "participants": [LEA]}
    answer = await api.post("/enrollments", json=body | await acceptance(api, headers, session), headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def saved(api: httpx.AsyncClient, headers: dict[str, str], session: object, card: str = "") -> dict[str, Any]:
    """Return Lea's order, her card saved; its number decides what becomes of charges."""
    booked = await ordered(api, headers, session)
    checkout = booked["checkoutUrl"].rsplit("/", 1)[1]
    body = {"outcome": "success"} | ({"card": card} if card else {})
    played = await api.post(f"/dev/pay/{checkout}", json=body)
    assert played.status_code == 200, played.text
    return booked
