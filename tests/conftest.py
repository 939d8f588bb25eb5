"""Fixtures for every test. A test gets a database of its own: real commits, real jobs, nothing shared.

- `settings`, `container`, `uow_factory(actor)`, `session`: the services as a process has them, on a fresh database
- `clock`: what `uow.clock` tells; stands still until moved
- `client`: the API without a network
- `app_server`: the whole product as `make run` starts it, with demo data and built pages, for browsers
"""

import asyncio
import contextlib
import gc
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import httpx
import hypothesis
import psycopg
import pytest
import uvloop
from pydantic import SecretStr
from sqlalchemy import make_url, text
from sqlmodel.ext.asyncio.session import AsyncSession

from pygmalion_app import bootstrap
from pygmalion_app.core import collector
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, tell_actor, unit_of_work
from pygmalion_app.enrollments import rush
from pygmalion_app.launch.secrets import ensure_secrets
from tests import servers
from tests.cast import Cast, Seeded, seed, seeded_database
from tests.clock import MovableClock
from tests.ledger import imbalance

# How long inputs take to be made up says nothing of the product, and much of who else has the processor.
hypothesis.settings.register_profile("shared", suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("shared")

OpenUnitOfWork = Callable[[Actor], AbstractAsyncContextManager[UnitOfWork]]

_BRING_FORWARD = text("""
UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND scheduled_at <= :now
""")
_IS_DUE = text("""
SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))
""")

_services: list[servers.RunServices] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL in the controlling process only; xdist's workers inherit its address."""
    # The product's own kind of event loop, a tenth cheaper than Python's.
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    is_worker, has_workers = hasattr(config, "workerinput"), bool(config.getoption("numprocesses", None))
    if is_worker or not has_workers:
        # Until all is imported there is nothing to collect.
        collector.pause()
    if not is_worker and not config.option.collectonly:
        _services.append(servers.RunServices.start())
        if has_workers:
            # While these are still reading the tests.
            threading.Thread(target=servers.ensure_template, daemon=True).start()


def pytest_unconfigure() -> None:
    """Stop what was started."""
    servers.stop_administrating()
    while _services:
        _services.pop().stop()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let one worker read the tests before the others: they find compiled what each would compile, 10 s long."""
    if not hasattr(session.config, "workerinput"):
        return (yield)
    with servers.only_one("collection") as done, contextlib.ExitStack() as first:
        if not done.exists():
            first.callback(done.touch)
            return (yield)
    return (yield)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Build and start the product beside the first tests, for the last ones; leave what was imported uncollected.

    Looking through all that was imported again and again costs a tenth.
    """
    if any(map(_needs_the_product, session.items)) and not session.config.option.collectonly:
        threading.Thread(target=servers.running_app, daemon=True).start()
    gc.collect()
    # As the product's own web process has it.
    collector.resume(collector.SERVING)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests, lest a process be left alone with one at the end; come to the browsers' last."""
    items.sort(key=lambda item: (_needs_the_product(item), item.get_closest_marker("timeout") is None))
    for item in items:
        if _needs_the_product(item):
            item.add_marker(pytest.mark.timeout(600))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let two tests at a time have a browser: more of them keep each other waiting until one gives up."""
    with servers.one_of("browser", 2) if item.get_closest_marker("browser") else contextlib.nullcontext():
        return (yield)


def _needs_the_product(item: pytest.Item) -> bool:
    return "app_server" in getattr(item, "fixturenames", ())


@pytest.fixture
def seeded(request: pytest.FixtureRequest, _secrets: Path) -> Iterator[Seeded | None]:
    """Give a test that is about the cast a database with it, and at what moment it was written; None to others."""
    if "cast" not in request.fixturenames:
        yield None
        return
    # Another test's session may have had the same id, and been full.
    rush.lately_full.clear()
    with seeded_database(_secrets) as seeded:
        yield seeded


@pytest.fixture
def database_url(seeded: Seeded | None) -> Iterator[str]:
    """Address of a fresh, migrated database, empty but for the cast; the connected role owns nothing, as always."""
    if seeded:
        yield seeded.url
        return
    with servers.cloned_database() as url:
        yield url


@pytest.fixture(scope="session")
def _secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secrets") / "secrets.env"
    ensure_secrets(path)
    return path


@pytest.fixture
def settings(database_url: str, tmp_path: Path, _secrets: Path) -> Settings:
    """Settings of a fresh installation with embedded parts."""
    return Settings(
        _env_file=_secrets,  # pyright: ignore[reportCallIssue]
        pygmalion_home=tmp_path,
        database_url=SecretStr(database_url),
        port=servers.free_port(),
        database_pool_idle=0,
        # One buyer orders hundreds of times in a test, all in the same instant of a clock that stands still.
        rate_limits={"api": "100000/1m", "order": "100000/1m"},
    )


@pytest.fixture
def clock(seeded: Seeded | None) -> MovableClock:
    """Return the clock of the container; it stands still, at the moment when the cast was written if there is one."""
    return MovableClock(seeded.moment if seeded else None)


@pytest.fixture
async def container(settings: Settings, clock: MovableClock) -> AsyncIterator[Container]:
    """Return a process's parts, installed as the process's own, pools open."""
    async with bootstrap.running(bootstrap.build(settings, clock=clock)) as parts:
        yield parts


@pytest.fixture
def uow_factory(container: Container) -> OpenUnitOfWork:
    """Return what opens a unit of work for an actor; use it with `async with`."""
    return lambda actor: unit_of_work(actor, container)


@pytest.fixture
async def session(container: Container) -> AsyncIterator[AsyncSession]:
    """Return a session for preparing rows, anybody's; commit to let others see them."""
    async with AsyncSession(container.engine, expire_on_commit=False) as session:
        tell_actor(session, SYSTEM)
        yield session


@pytest.fixture
async def client(container: Container) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of the API and the server-rendered pages, without a network."""
    transport = httpx.ASGITransport(app=servers.api_of(container.settings), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test.pygmalion.example") as client:
        yield client


@pytest.fixture
async def cast(container: Container, seeded: Seeded | None, database_url: str) -> Cast:
    """Return the named people and organisations of the tests."""
    if not seeded or seeded.url != database_url:
        return await seed(container)
    # An engine's first connection asks the database about itself, which is nothing for a test to count.
    async with container.engine.connect():
        return seeded.cast


@pytest.fixture
async def api(container: Container) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of the API on the settings' own port, where the test-mode gateway calls back with its events."""
    async with (
        servers.serving_api(container) as url,
        httpx.AsyncClient(base_url=f"{url}/api/v1", verify=servers.PLAIN, trust_env=False, timeout=60) as client,
    ):
        yield client


@pytest.fixture
def run_jobs(container: Container, clock: MovableClock) -> Callable[[], Awaitable[None]]:
    """Return a coroutine function that runs every job that is due by the test's clock, and those that follow.

    Periodic jobs are not started, as whether their tick comes in time is chance: a test calls the sweep it is about.
    """
    container.jobs.app.periodic_registry.periodic_tasks.clear()

    async def run() -> None:
        async with container.engine.begin() as connection:
            await connection.execute(_BRING_FORWARD, {"now": clock.now()})
        while True:
            # A job that one deferred at its very end may come after the worker's last look.
            await container.jobs.app.run_worker_async(
                wait=False, listen_notify=False, install_signal_handlers=False, concurrency=4
            )
            async with container.engine.connect() as connection:
                if not (await connection.execute(_IS_DUE)).scalar_one():
                    return

    return run


@pytest.fixture(scope="session")
def app_server() -> Iterator[servers.AppServer]:
    """Give the whole product, running, with the demo data; started once a run. At its end the books must balance."""
    server = servers.running_app()
    yield server
    url = make_url(server.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        wrong = imbalance(connection)
    assert not wrong, "the books do not balance after the browser tests:\n" + "\n".join(wrong)
