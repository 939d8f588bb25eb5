"""The main job over the REST API, on the whole running product: from a course to a verified certificate."""

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from pygmalion_app.demo import DEMO_PASSWORD
from tests.servers import PLAIN, AppServer

Client = httpx.Client


@pytest.fixture
def api(app_server: AppServer) -> Iterator[Client]:
    """Return a client of the running product."""
    with httpx.Client(base_url=f"{app_server.base_url}/api/v1", verify=PLAIN, timeout=60, trust_env=False) as client:
        yield client


def eventually(look: Callable[[], Any], seconds: float = 30) -> Any:
    """Return the first true answer."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


def sign_in(api: Client, name: str) -> dict[str, str]:
    """Sign a demo account in with its mailed code and return the header of its calls."""
    email = f"{name}@pygmalion.example"
    challenge = api.post("/auth/login", json={"email": email, "password": DEMO_PASSWORD}).json()["data"]
    assert challenge["methods"] == ["email"]
    tried: set[str] = set()

    def pair() -> Any:
        # The account is a shared one: the newest mail may be the answer to somebody else's sign-in.
        mails = api.get("/dev/mailbox", params={"to": email}).json()["data"]
        codes = [found[0] for mail in mails[:2] if (found := re.search(r"\b\d{6}\b", mail["text"]))]
        for code in [code for code in codes if code not in tried]:
            answer = api.post("/auth/verify-otp", json={"challengeId": challenge["challengeId"], "code": code})
            if answer.status_code == 200:
                return answer.json()["data"]
            tried.add(code)
        return None

    return {"Authorization": f"Bearer {eventually(pair)['accessToken']}"}


def new_session(api: Client, school: dict[str, str], places: int) -> dict[str, Any]:
    """Publish a course of one's own and give it a session."""
    formation = {
        "title": f"Sûreté du fret {uuid4().hex[:8]}",
        "description": "Contrôles de sûreté du fret et du courrier, hors filtrage, selon le règlement 2015/1998.",
        "objectives": ["Contrôler un envoi", "Refuser un envoi douteux"],
        "category": "CARGO",
        "modalities": ["PRESENTIEL"],
        "durationMinutes": 210,
        "priceCents": 15_000,
        "currency": "EUR",
        "validityMonths": 60,
    }
    made = api.post("/formations", json=formation, headers=school)
    assert made.status_code == 201, made.text
    course = made.json()["data"]
    assert api.get(f"/formations/{course['id']}").status_code == 404  # a draft is nobody's business yet
    assert api.post(f"/formations/{course['id']}/publish", headers=school).status_code == 200
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=40)
    session = {
        "startDate": start.isoformat(),
        "endDate": (start + timedelta(hours=4)).isoformat(),
        "timeZone": "Europe/Paris",
        "location": "Paris CDG",
        "maxPlaces": places,
    }
    made = api.post(f"/formations/{course['id']}/sessions", json=session, headers=school)
    assert made.status_code == 201, made.text
    return made.json()["data"]


def participants(count: int) -> list[dict[str, str]]:
    """Return people who have never been seen."""
    return [
        {"email": f"p{uuid4().hex[:10]}@crew.example", "firstName": "Ana", "lastName": f"Crew {number}"}
        for number in range(count)
    ]


def test_from_course_to_verified_certificate(api: Client) -> None:
    assert api.get("/health").json()["data"]["status"] == "ok"
    school, manager = sign_in(api, "of"), sign_in(api, "manager")
    session = new_session(api, school, 6)
    assert session["availablePlaces"] == 6

    order = {"sessionId": session["id"], "payer": "company", "paymentMethod": "card", "participants": participants(2)}
    booked = api.post("/enrollments", json=order, headers=manager)
    assert booked.status_code == 201, booked.text
    data = booked.json()["data"]
    assert data["status"] == "PENDING"
    assert api.get(f"/sessions/{session['id']}").json()["data"]["availablePlaces"] == 4

    checkout = data["checkoutUrl"].rsplit("/", 1)[1]
    assert api.post(f"/dev/pay/{checkout}", json={"outcome": "decline"}).status_code == 200
    assert api.post(f"/dev/pay/{checkout}", json={"outcome": "success"}).status_code == 200
    first = data["enrollments"][0]["id"]

    def enrollment() -> dict[str, Any]:
        return api.get(f"/enrollments/{first}", headers=manager).json()["data"]

    eventually(lambda: enrollment()["status"] == "CONFIRMED")
    listed = api.get(f"/sessions/{session['id']}/enrollments", headers=school).json()["data"]
    for item in listed:
        assert api.post(f"/enrollments/{item['id']}/complete", headers=school).status_code == 200

    certificate = eventually(lambda: enrollment()["certificate"])
    token = certificate["verificationToken"]

    def verification() -> dict[str, Any]:
        return api.get(f"/certificates/verify/{token}").json()["data"]

    found = eventually(lambda: (seen := verification())["status"] == "valid" and seen)
    assert all(check["result"] in {"pass", "passed", "ok"} for check in found["checks"]), found["checks"]

    pdf = eventually(
        lambda: (
            (answer := api.get(f"/certificates/{certificate['id']}/download", headers=manager)).status_code == 200
            and answer.content
        )
    )
    assert pdf.startswith(b"%PDF")
    altered = pdf[:-20] + bytes([pdf[-20] ^ 1]) + pdf[-19:]
    for content, status in ((pdf, "valid"), (altered, "tampered")):
        digest = {"sha256": hashlib.sha256(content).hexdigest()}
        ways: list[dict[str, Any]] = [{"json": digest}, {"files": {"file": ("c.pdf", content)}}, {"content": content}]
        for sent in ways:
            assert api.post(f"/certificates/verify/{token}", **sent).json()["data"]["status"] == status
            own = api.post(f"/certificates/{certificate['id']}/verify", headers=manager, **sent)
            assert own.json()["data"]["status"] == status
    assert api.get("/certificates/verify/nobody-has-this").json()["data"]["status"] == "unknown"


def test_200_parallel_bookings_of_the_last_five_seats_sell_five(api: Client) -> None:
    school, manager = sign_in(api, "of"), sign_in(api, "manager")
    session = new_session(api, school, 5)

    def book(_: int) -> int:
        body = {
            "sessionId": session["id"],
            "payer": "company",
            "paymentMethod": "card",
            "participants": participants(1),
        }
        return api.post("/enrollments", json=body, headers=manager).status_code

    with ThreadPoolExecutor(max_workers=50) as pool:
        statuses = list(pool.map(book, range(200)))
    assert statuses.count(201) == 5
    assert set(statuses) <= {201, 409}
    assert api.get(f"/sessions/{session['id']}").json()["data"]["availablePlaces"] == 0


def test_long_search_is_refused_not_scanned(api: Client) -> None:
    answer = api.get("/formations/search", params={"q": "x" * 5000})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


def test_unknown_things_are_problems(api: Client) -> None:
    for path in ("/formations/no-such-course", f"/sessions/{uuid4()}", "/sessions/not-an-id", "/no/such/route"):
        answer = api.get(path)
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json", path
        assert answer.json()["code"].endswith("not_found"), path
