"""Settings in, working parts out: the only module that knows the adapters."""

import importlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.utils import parseaddr

import procrastinate
from fastapi import APIRouter
from procrastinate import PsycopgConnector
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncEngine

from pygmalion_app.adapters.chain.embedded import LABEL as CHAIN_LABEL
from pygmalion_app.adapters.chain.embedded import embedded_connection
from pygmalion_app.adapters.chain.evm import Connection, EvmChain
from pygmalion_app.adapters.identity.oidc import OidcProvider
from pygmalion_app.adapters.limits.memory import MemoryLimiter
from pygmalion_app.adapters.mail.mailbox import MailboxMailer
from pygmalion_app.adapters.mail.routes import router as mailbox_router
from pygmalion_app.adapters.mail.smtp import SmtpMailer
from pygmalion_app.adapters.payments.stripe.accounts import StripeAccounts
from pygmalion_app.adapters.payments.stripe.balance import StripeBalance
from pygmalion_app.adapters.payments.stripe.calls import make_client
from pygmalion_app.adapters.payments.stripe.gateway import StripeGateway
from pygmalion_app.adapters.payments.testmode.accounts import TestmodeAccounts, TestmodeBalance
from pygmalion_app.adapters.payments.testmode.gateway import TestmodeGateway
from pygmalion_app.adapters.payments.testmode.routes import router as testmode_router
from pygmalion_app.adapters.push.web import WebPushSender
from pygmalion_app.adapters.registry.recorded import RecordedRegistry
from pygmalion_app.adapters.scan.clamd import ClamdScanner
from pygmalion_app.adapters.storage.files import DirectoryFileStore
from pygmalion_app.adapters.storage.ipfs import IpfsFileStore
from pygmalion_app.certificates.verification_readings import written_down
from pygmalion_app.core.clock import Clock, SystemClock
from pygmalion_app.core.config import Settings
from pygmalion_app.core.db import create_engine, create_reader
from pygmalion_app.core.gateway import GatewayBalance, MerchantAccounts, PaymentGateway
from pygmalion_app.core.jobs import JobQueue, tasks
from pygmalion_app.core.limits import check_rates
from pygmalion_app.core.models import METADATA
from pygmalion_app.core.ports import FileStore, Ports, RateLimiter
from pygmalion_app.core.row_security import Scope
from pygmalion_app.core.unit_of_work import Container, install

MODEL_MODULES = (
    "core.audit",
    "accounts.models",
    "accounts.factor_models",
    "organizations.models",
    "sso.models",
    "kyc.models",
    "notifications.models",
    "catalog.models",
    "sessions.models",
    "catalog.moderation_models",
    "sessions.wish_models",
    "ledger.models",
    "ledger.export_models",
    "payments.models",
    "payments.payout_models",
    "payments.refund_models",
    "payments.transfer_models",
    "payments.reconciliation_models",
    "invoicing.models",
    "payments.instalment_models",
    "payments.dispute_models",
    "enrollments.models",
    "enrollments.contract_models",
    "enrollments.waiting_models",
    "enrollments.discount_models",
    "enrollments.change_models",
    "enrollments.funding_models",
    "certificates.keys.models",
    "certificates.document.models",
    "certificates.models",
    "certificates.verification_models",
    "certificates.credentials.models",
    "certificates.life_models",
    "compliance.models",
    "budgets.models",
    "planning.models",
    "reports.models",
    "reports.job_models",
    "attendance.models",
    "reports.survey_models",
    "learning.models",
    "messages.models",
    "risk.models",
    "privacy.models",
    "adapters.mail.models",
    "adapters.payments.testmode.models",
)
JOB_MODULES = (
    "accounts.jobs",
    "catalog.jobs",
    "notifications.jobs",
    "organizations.jobs",
    "sessions.jobs",
    "kyc.jobs",
    "ledger.jobs",
    "payments.jobs",
    "payments.payout_jobs",
    "invoicing.jobs",
    "enrollments.jobs",
    "enrollments.billing_jobs",
    "enrollments.waiting_jobs",
    "certificates.jobs",
    "certificates.life_jobs",
    "compliance.jobs",
    "disputes.jobs",
    "budgets.jobs",
    "planning.jobs",
    "reports.jobs",
    "messages.jobs",
    "learning.calendar_mail",
    "reports.surveys_jobs",
    "risk.jobs",
    "privacy.jobs",
    "adapters.payments.testmode.delivery",
    "adapters.payments.testmode.accounts",
)


# What each part holds on people, those first whose rows refer to others'.
PRIVACY_MODULES = (
    "learning.privacy",
    "messages.privacy",
    "reports.privacy",
    "compliance.privacy",
    "risk.privacy",
    "budgets.privacy",
    "planning.privacy",
    "disputes.privacy",
    "certificates.privacy",
    "adapters.payments.testmode.privacy",
    "enrollments.waiting_privacy",
    "enrollments.contract_privacy",
    "payments.instalment_privacy",
    "enrollments.funding_privacy",
    "attendance.privacy",
    "reports.surveys_privacy",
    "enrollments.privacy",
    "invoicing.privacy",
    "payments.privacy",
    "ledger.privacy",
    "sessions.privacy",
    "catalog.privacy",
    "kyc.privacy",
    "sso.privacy",
    "organizations.privacy",
    "notifications.privacy",
    "adapters.mail.privacy",
    "privacy.holding",
    "accounts.privacy",
)


def metadata() -> MetaData:
    """Return every table of the application, features and adapters."""
    for module in MODEL_MODULES:
        importlib.import_module(f"pygmalion_app.{module}")
    return METADATA


def job_app(database_url: str, idle: int = 1) -> procrastinate.App:
    """Return the job queue with all tasks of the features registered (and what each holds on people); open it first."""
    for module in (*JOB_MODULES, *PRIVACY_MODULES):
        importlib.import_module(f"pygmalion_app.{module}")
    app = procrastinate.App(connector=PsycopgConnector(conninfo=database_url, min_size=idle, max_size=4))
    app.add_tasks_from(tasks, namespace="")
    return app


def build(
    settings: Settings, *, clock: Clock | None = None, change: Callable[[Ports], Ports] | None = None
) -> Container:
    """Choose the adapters and return the process's container, its pools still closed.

    `change` lets a test wrap a port. Raises ValueError when no database is configured.
    """
    url = settings.database_url.get_secret_value()
    if not url:
        message = "DATABASE_URL is empty: `make run` starts the embedded PostgreSQL and sets it"
        raise ValueError(message)
    size, idle = settings.database_pool_size, settings.database_pool_idle
    engine = create_engine(url, size)
    chosen_clock = clock or SystemClock()
    payments, merchants, balance = _payments(settings, engine, chosen_clock)
    ports = Ports(
        mailer=_mailer(settings, engine),
        files=_files(settings),
        payments=payments,
        merchants=merchants,
        balance=balance,
        chain=_chain(settings),
        identity=OidcProvider(allow_loopback=settings.allows_loopback_identity_providers),
        limiter=_limiter(settings, chosen_clock),
        registry=None if settings.is_production else RecordedRegistry(),
        scanner=ClamdScanner(settings.clamd_url) if settings.clamd_url else None,
        push=_push(settings),
    )
    return Container(
        settings=settings,
        engine=engine,
        reader=create_reader(url, size, idle=idle),
        verifier=create_reader(url, size, idle=idle, reach=Scope.VERIFICATION.value),
        ports=change(ports) if change else ports,
        clock=chosen_clock,
        jobs=JobQueue(job_app(url, idle)),
    )


def development_routers(settings: Settings) -> list[APIRouter]:
    """Return the routes of the embedded parts that serve now: none in production."""
    routers: list[APIRouter] = []
    if settings.testmode_payments:
        routers.append(testmode_router)
    if settings.embedded_mailbox:
        routers.append(mailbox_router)
    return routers


@asynccontextmanager
async def running(container: Container) -> AsyncIterator[Container]:
    """Install a container as the process's own, open its pools, and close them at the end."""
    install(container)
    await container.reader.open()
    await container.verifier.open()
    try:
        async with container.jobs.app.open_async():
            yield container
    finally:
        # What was heard of the chain behind an answer is still being written.
        await written_down()
        await container.ports.limiter.close()
        await container.verifier.close()
        await container.reader.close()
        await container.engine.dispose()


def _files(settings: Settings) -> FileStore:
    private = DirectoryFileStore(settings.pygmalion_home / "files")
    if not settings.ipfs_api_url:
        return private
    return IpfsFileStore(settings.ipfs_api_url, private, lambda: settings.file_key_ring)


def _payments(
    settings: Settings, engine: AsyncEngine, clock: Clock
) -> tuple[PaymentGateway, MerchantAccounts, GatewayBalance]:
    if not settings.testmode_payments:
        client = make_client(settings)
        return StripeGateway(client, settings, clock), StripeAccounts(client), StripeBalance(client)
    accounts = TestmodeAccounts(engine, settings, clock)
    return TestmodeGateway(engine, settings, clock), accounts, TestmodeBalance(engine, clock)


def _mailer(settings: Settings, engine: AsyncEngine) -> MailboxMailer | SmtpMailer:
    url = settings.smtp_url.get_secret_value()
    return SmtpMailer(url, settings.mail_from) if url else MailboxMailer(engine)


def _push(settings: Settings) -> WebPushSender | None:
    key = settings.push_private_key.get_secret_value()
    contact = f"mailto:{parseaddr(settings.mail_from)[1]}"
    return WebPushSender(key, contact, allow_loopback=not settings.is_production) if key else None


def _limiter(settings: Settings, clock: Clock) -> RateLimiter:
    check_rates(settings.rate_limits)
    url = settings.redis_url.get_secret_value()
    if not url:
        return MemoryLimiter(clock)
    # Seventy modules, which an installation without Redis is spared at each start.
    from pygmalion_app.adapters.limits.redis import RedisLimiter

    return RedisLimiter(url)


def _chain(settings: Settings) -> EvmChain:
    """Return the configured node, else the embedded chain, wherever it runs now."""
    if not settings.chain_rpc_urls:
        return EvmChain(embedded_connection(settings.pygmalion_home), CHAIN_LABEL)
    connection = Connection(
        urls=settings.chain_rpc_urls,
        contract=settings.chain_contract,
        signer_key=settings.chain_signer_key.get_secret_value(),
        confirmations=settings.chain_confirmations,
        max_fee_wei=settings.chain_max_fee_gwei * 10**9,
    )
    return EvmChain(lambda: connection, chain_id=settings.chain_id)
