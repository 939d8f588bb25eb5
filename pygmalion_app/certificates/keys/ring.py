"""The key ring: signing keys made on first use, kept encrypted, rotated, and verifiable for ever.

Nothing here asks who acts: signing keys serve jobs and documents, never a person's own wish. Those who call have asked.
"""

from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.certificates.keys import authority, material
from pygmalion_app.certificates.keys.authority import Named
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.certificates.keys.models import SigningKeyRow
from pygmalion_app.certificates.keys.plain import PublicKey, SigningKey
from pygmalion_app.core import audit
from pygmalion_app.core.envelope import WrappedKey
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations.models import Organization


async def signing_key(uow: UnitOfWork, organization_id: UUID | None, kind: KeyKind) -> SigningKey:
    """Return the key in use of an organisation (None = the platform), made now where there is none.

    Two at once get the same key: the database lets one of a kind be in use, and the second waits for the first.
    Raises TamperedError, UnknownKeyError where the private part does not open with the installation's keys.
    """
    async with uow.elevated():
        row = await _in_use(uow, organization_id, kind)
        if row is None:
            await _make(uow, organization_id, kind)
            row = await _in_use(uow, organization_id, kind)
    return _opened(uow, row)


async def signing_keys(uow: UnitOfWork, organization_id: UUID) -> tuple[SigningKey, SigningKey]:
    """Return an organisation's two keys in use, P-256 and Ed25519, with one query where both are there.

    As `signing_key`.
    """
    wanted = (KeyKind.P256, KeyKind.ED25519)
    query = select(SigningKeyRow).where(
        col(SigningKeyRow.organization_id) == organization_id,
        col(SigningKeyRow.kind).in_(wanted),
        col(SigningKeyRow.retired_at).is_(None),
    )
    async with uow.elevated():
        found = {row.kind: row for row in (await uow.session.execute(query)).scalars()}
    opened = [
        _opened(uow, found[kind]) if kind in found else await signing_key(uow, organization_id, kind) for kind in wanted
    ]
    return opened[0], opened[1]


async def public_keys(uow: UnitOfWork, organization_id: UUID | None) -> list[PublicKey]:
    """Return all keys of an organisation (None = the platform) that ever signed, those in use first, newest first.

    The platform's authority is not among them: see `authorities`.
    """
    query = (
        select(SigningKeyRow)
        .where(
            col(SigningKeyRow.organization_id).is_not_distinct_from(organization_id),
            col(SigningKeyRow.kind) != KeyKind.AUTHORITY,
        )
        .order_by(col(SigningKeyRow.retired_at).desc().nulls_first(), col(SigningKeyRow.started_at).desc())
    )
    async with uow.elevated():
        return [_public(row) for row in (await uow.session.execute(query)).scalars()]


async def authorities(uow: UnitOfWork) -> list[PublicKey]:
    """Return the platform's authorities, past and present: the roots that documents' signatures lead to."""
    query = select(SigningKeyRow).where(col(SigningKeyRow.kind) == KeyKind.AUTHORITY)
    async with uow.elevated():
        return [_public(row) for row in (await uow.session.execute(query.order_by(col(SigningKeyRow.id)))).scalars()]


async def rotate(uow: UnitOfWork, organization_id: UUID | None, kind: KeyKind) -> SigningKey:
    """Retire the key in use, destroy its private part, and return its successor."""
    async with uow.elevated():
        retired = await uow.session.execute(
            update(SigningKeyRow)
            .where(
                col(SigningKeyRow.organization_id).is_not_distinct_from(organization_id),
                col(SigningKeyRow.kind) == kind,
                col(SigningKeyRow.retired_at).is_(None),
            )
            .values(retired_at=uow.clock.now(), sealed=None, key_id=None, wrapped_key=None)
            .returning(col(SigningKeyRow.id))
            .execution_options(synchronize_session="fetch")
        )
        for (key_id,) in retired.all():
            await audit.record(
                uow, "signing_key.retired", subject_id=key_id, organization_id=organization_id, facts={"kind": kind}
            )
    return await signing_key(uow, organization_id, kind)


async def rewrap_some(uow: UnitOfWork, limit: int = 100) -> int:
    """Wrap the keys of some private parts under the installation's current key; 0 when none is left to do.

    As `kyc.rotation.rewrap_some`. Raises TamperedError, UnknownKeyError.
    """
    ring = uow.settings.file_key_ring
    query = (
        select(SigningKeyRow)
        .where(col(SigningKeyRow.key_id) != ring.current)
        .order_by(col(SigningKeyRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (await uow.session.execute(query)).scalars().all()
    for row in found:
        if row.key_id is not None and row.wrapped_key is not None:
            wrapped = ring.rewrap(WrappedKey(row.key_id, row.wrapped_key), _bound(row.id))
            row.key_id, row.wrapped_key = wrapped.key_id, wrapped.value
    await uow.session.flush()
    return len(found)


async def keys_in_use(uow: UnitOfWork) -> dict[str, int]:
    """Return how many private parts depend on each of the installation's keys."""
    query = (
        select(col(SigningKeyRow.key_id), func.count())
        .where(col(SigningKeyRow.key_id).is_not(None))
        .group_by(col(SigningKeyRow.key_id))
    )
    return {str(key_id): count for key_id, count in (await uow.session.execute(query)).all()}


async def _in_use(uow: UnitOfWork, organization_id: UUID | None, kind: KeyKind) -> SigningKeyRow | None:
    query = select(SigningKeyRow).where(
        col(SigningKeyRow.organization_id).is_not_distinct_from(organization_id),
        col(SigningKeyRow.kind) == kind,
        col(SigningKeyRow.retired_at).is_(None),
    )
    return (await uow.session.execute(query)).scalar_one_or_none()


async def _make(uow: UnitOfWork, organization_id: UUID | None, kind: KeyKind) -> None:
    key, key_id = material.generate(kind), new_id()
    sealed, wrapped = uow.settings.file_key_ring.seal(material.private_der(key), _bound(key_id))
    values = {
        "id": key_id,
        "organization_id": organization_id,
        "kind": kind.value,
        "public_key": material.public_der(key.public_key()),
        "chain": await _chain(uow, organization_id, kind, key),
        "sealed": sealed,
        "key_id": wrapped.key_id,
        "wrapped_key": wrapped.value,
        "started_at": uow.clock.now(),
    }
    made = insert(SigningKeyRow).values(**values).on_conflict_do_nothing().returning(col(SigningKeyRow.id))
    if (await uow.session.execute(made)).first() is not None:
        await audit.record(
            uow, "signing_key.made", subject_id=key_id, organization_id=organization_id, facts={"kind": kind}
        )


async def _chain(uow: UnitOfWork, organization_id: UUID | None, kind: KeyKind, key: material.Private) -> list[bytes]:
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        return []
    platform, now = uow.settings.platform_name, uow.clock.now()
    if kind is KeyKind.AUTHORITY:
        return [authority.authority_certificate(key, platform, urlsplit(uow.settings.base_url).netloc, now)]
    named = Named(platform, uow.settings.platform_siret)
    if organization_id is not None:
        organization = await uow.session.get_one(Organization, organization_id)
        named = Named(organization.name, organization.siret or "", organization.country)
    issuer = await signing_key(uow, None, KeyKind.AUTHORITY)
    issuer_key = issuer.private
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        message = "an authority's key is P-256"
        raise TypeError(message)
    root = issuer.public.chain[0]
    return [authority.signer_certificate(key.public_key(), named, root, issuer_key, now), root]


def _opened(uow: UnitOfWork, row: SigningKeyRow | None) -> SigningKey:
    if row is None or row.sealed is None or row.wrapped_key is None or row.key_id is None:
        message = "the key was retired while it was being made"
        raise RuntimeError(message)
    opened = uow.settings.file_key_ring.open(row.sealed, WrappedKey(row.key_id, row.wrapped_key), _bound(row.id))
    return SigningKey(_public(row), opened)


def _public(row: SigningKeyRow) -> PublicKey:
    return PublicKey(
        id=row.id,
        organization_id=row.organization_id,
        kind=KeyKind(row.kind),
        der=row.public_key,
        chain=tuple(row.chain),
        started_at=row.started_at,
        retired_at=row.retired_at,
    )


def _bound(key_id: UUID) -> bytes:
    return b"signing key" + key_id.bytes
