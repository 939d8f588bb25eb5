"""Being told: in the application always and in both languages, by mail as chosen, each thing once."""

from datetime import UTC, date, datetime

import httpx
import psycopg
import pytest
from sqlalchemy import make_url

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.notifications import digest, facts, inbox
from pygmalion_app.notifications.errors import MailAlwaysSentError
from pygmalion_app.notifications.kinds import Delivery, Topic
from pygmalion_app.notifications.schemas import ChoosePreferences, Inbox, Preference
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.notifications.telling import Link, notify
from tests.cast import Cast
from tests.life.conftest import bearer

ENDING = {
    "course": facts.both("Sûreté", "Security"),
    "number": "PYG-1",
    "until": facts.day(date(2028, 2, 29)),
    "days": 30,
}


async def _tell(container: Container, actor: Actor, kind: str = "certificate-expiring") -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await notify(uow, actor.require_user(), kind, ENDING, Link("certificates"))


async def _inbox(container: Container, actor: Actor, locale: str = "fr", *, only_unread: bool = False) -> Inbox:
    async with unit_of_work(actor, container) as uow:
        return await inbox.inbox(uow, locale, only_unread=only_unread)


async def _choose(container: Container, actor: Actor, topic: Topic, delivery: Delivery) -> None:
    async with unit_of_work(actor, container) as uow:
        await inbox.choose(uow, ChoosePreferences(preferences=[Preference(topic=topic, delivery=delivery)]))


async def _mails(container: Container) -> list[str]:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql("SELECT split_part(to_address, '@', 1) || ': ' || subject AS mail FROM outgoing_emails")
    return sorted(row["mail"] for row in rows)


async def test_what_was_told_reads_in_either_language(container: Container, cast: Cast) -> None:
    await _tell(container, cast.lea)
    french, english = await _inbox(container, cast.lea), await _inbox(container, cast.lea, "en")
    assert french.unread == 1
    assert french.items[0].title == "Expire dans 30 jours : Sûreté"
    assert "Security" in english.items[0].title
    assert (french.items[0].path, english.items[0].path) == ("/fr/certificates", "/en/certificates")
    assert await _mails(container) == ["lea: Expire dans 30 jours : Sûreté"]


async def test_mails_come_as_chosen_and_the_daily_one_names_each_thing_once(container: Container, cast: Cast) -> None:
    await _choose(container, cast.lea, Topic.CERTIFICATES, Delivery.DAILY)
    await _choose(container, cast.marc, Topic.CERTIFICATES, Delivery.NONE)
    for actor in (cast.lea, cast.lea, cast.marc):
        await _tell(container, actor)
    assert await _mails(container) == []
    assert (await _inbox(container, cast.marc)).unread == 1
    for _ in range(2):
        async with unit_of_work(SYSTEM, container) as uow:
            await digest.send(uow)
    assert await _mails(container) == ["lea: 2 nouveautés sur Pygmalion"]
    async with unit_of_work(SYSTEM, container) as uow:
        (mail,) = await uow.sql("SELECT text FROM outgoing_emails")
    assert mail["text"].count("Expire dans 30 jours") == 1


async def test_a_code_that_somebody_waits_for_overtakes_what_was_written_before(
    container: Container, cast: Cast
) -> None:
    await _tell(container, cast.lea)
    async with unit_of_work(SYSTEM, container) as uow:
        await queue_email(uow, "marc@example.com", "sign-in-code", "fr", code="314159", first_name="Marc", minutes=10)
    jobs = container.jobs.app.job_manager
    worker = await jobs.register_worker()
    taken = [await jobs.fetch_job(queues=["mail"], worker_id=worker) for _ in range(2)]
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql("SELECT id::text, split_part(to_address, '@', 1) AS who FROM outgoing_emails")
    names = {row["id"]: row["who"] for row in rows}
    assert [names[job.task_kwargs["email_id"]] for job in taken if job] == ["marc", "lea"]


async def test_what_was_read_meanwhile_is_in_no_daily_mail(container: Container, cast: Cast) -> None:
    await _choose(container, cast.lea, Topic.CERTIFICATES, Delivery.DAILY)
    await _tell(container, cast.lea)
    async with unit_of_work(cast.lea, container) as uow:
        assert await inbox.mark_all_read(uow) == 1
    async with unit_of_work(SYSTEM, container) as uow:
        await digest.send(uow)
    assert await _mails(container) == []


async def test_mails_of_orders_are_nobodys_to_stop(container: Container, cast: Cast) -> None:
    with pytest.raises(MailAlwaysSentError):
        await _choose(container, cast.marc, Topic.ORDERS, Delivery.NONE)
    async with unit_of_work(SYSTEM, container) as uow:
        # Even where such a row came about.
        await uow.sql(
            "INSERT INTO notification_preferences (id, user_id, topic, delivery)"
            " VALUES (gen_random_uuid(), %(user)s, 'orders', 'none')",
            user=cast.marc.user_id,
        )
        words = {"organization": "École", "dates": "", "amount": facts.money(100, "EUR"), "course": "Sûreté"}
        await notify(uow, cast.marc.require_user(), "refund-arrived", words, Link("orders"))
    assert len(await _mails(container)) == 1


async def test_nobody_reads_or_marks_what_another_was_told(container: Container, cast: Cast) -> None:
    await _tell(container, cast.lea)
    mine = (await _inbox(container, cast.lea)).items[0]
    for other in (cast.marc, cast.olga, cast.ada, cast.stranger):
        assert (await _inbox(container, other)).items == ()
        with pytest.raises(NotFoundError):
            async with unit_of_work(other, container) as uow:
                await inbox.mark_read(uow, mine.id)
    async with unit_of_work(cast.lea, container) as uow:
        await inbox.mark_read(uow, mine.id)
        await inbox.mark_read(uow, mine.id)
    assert (await _inbox(container, cast.lea, only_unread=True)).items == ()
    assert (await _inbox(container, cast.lea)).items[0].read


async def test_others_names_are_in_the_mail_and_nowhere_else(container: Container, cast: Cast) -> None:
    words = {
        "organization": "École",
        "course": "Sûreté",
        "dates": "12 mai",
        "place": "Nice",
        "start": "9 h",
        "bring": "",
    }
    async with unit_of_work(SYSTEM, container) as uow:
        private = {"participant": "Zoé Martin"}
        await notify(uow, cast.marc.require_user(), "seat-moved-buyer", words, Link("orders"), private=private)
        await uow.session.flush()
        (kept,) = await uow.sql("SELECT n::text AS row, m.text FROM notifications n, outgoing_emails m")
    assert "Zoé" in kept["text"]
    assert "Zoé" not in kept["row"]


async def test_the_person_alone_is_told_at_once(container: Container, cast: Cast) -> None:
    url = make_url(container.settings.database_url.get_secret_value()).set(drivername="postgresql")
    async with await psycopg.AsyncConnection.connect(
        url.render_as_string(hide_password=False), autocommit=True
    ) as heard:
        await heard.execute("LISTEN notifications")
        await _tell(container, cast.lea)
        async with unit_of_work(cast.lea, container) as uow:
            await inbox.mark_all_read(uow)
        said = [note.payload async for note in heard.notifies(timeout=2, stop_after=2)]
    assert said == [str(cast.lea.user_id)] * 2


async def test_the_list_goes_on_where_it_ended(container: Container, cast: Cast, client: httpx.AsyncClient) -> None:
    for _ in range(5):
        await _tell(container, cast.lea)
    signed = bearer(cast.lea, container)
    seen: list[str] = []
    before: dict[str, str] = {}
    while True:
        answer = await client.get("/api/v1/notifications", params={"limit": "2", **before}, headers=signed)
        page = answer.json()["data"]
        seen += [one["id"] for one in page["items"]]
        if not page["older"]:
            break
        before = {"before": seen[-1]}
    assert len(set(seen)) == len(seen) == 5
    answer = await client.post(f"/api/v1/notifications/{seen[0]}/read", headers=signed)
    assert answer.json()["data"] == {"unread": 4}
    assert (await client.post("/api/v1/notifications/read", headers=signed)).json()["data"] == {"unread": 0}


async def test_choices_over_the_api(container: Container, cast: Cast, client: httpx.AsyncClient) -> None:
    signed = bearer(cast.lea, container)
    body = {"preferences": [{"topic": "waiting", "delivery": "daily"}]}
    answer = await client.put("/api/v1/notifications/preferences", json=body, headers=signed)
    chosen = {one["topic"]: one["delivery"] for one in answer.json()["data"]}
    assert chosen["waiting"] == "daily"
    assert chosen["orders"] == "at_once"
    body = {"preferences": [{"topic": "orders", "delivery": "none"}]}
    refused = await client.put("/api/v1/notifications/preferences", json=body, headers=signed)
    assert (refused.status_code, refused.json()["code"]) == (422, "mail_always_sent")


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_facts_are_written_in_the_readers_language(locale: str) -> None:
    noon = datetime(2026, 12, 1, 8, tzinfo=UTC)
    said = facts.words_of(
        locale,
        {
            "money": facts.money(123_450, "EUR"),
            "at": facts.moment(noon, "Indian/Reunion"),
            "days": facts.days(noon, noon, "Indian/Reunion"),
            "plain": 3,
        },
    )
    assert "12:00" in str(said["at"])
    assert said["money"] == {"fr": "1\u202f234,50\xa0€", "en": "€1,234.50"}[locale]
    assert said["plain"] == 3
