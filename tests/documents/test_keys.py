"""The key ring: one key of a kind in use, encrypted at rest, rotated, verifiable for ever."""

import asyncio
import dataclasses
import json
import secrets
from base64 import b64encode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from pydantic import SecretStr
from sqlalchemy import select, update

from pygmalion_app.certificates.keys import material, ring
from pygmalion_app.certificates.keys.models import KeyKind, SigningKeyRow
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM
from pygmalion_app.core.envelope import TamperedError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast


async def key(parts: Container, organization: object, kind: KeyKind = KeyKind.P256) -> ring.SigningKey:
    """Return the key in use."""
    async with unit_of_work(SYSTEM, parts) as uow:
        return await ring.signing_key(uow, organization, kind)  # pyright: ignore[reportArgumentType]


async def test_asked_for_at_once_there_is_one_key_of_a_kind(container: Container, cast: Cast) -> None:
    keys = await asyncio.gather(*(key(container, cast.school) for _ in range(6)))
    assert len({made.public.id for made in keys}) == 1
    others = [await key(container, cast.company), await key(container, None)]
    assert len({made.public.kid for made in (*keys, *others)}) == 3


async def test_a_document_key_has_a_certificate_of_the_platforms_authority(container: Container, cast: Cast) -> None:
    made = await key(container, cast.school)
    own, root = (x509.load_der_x509_certificate(der) for der in made.public.chain)
    own.verify_directly_issued_by(root)
    assert own.public_key() == made.public.key
    async with unit_of_work(ANONYMOUS, container) as uow:
        (authority,) = await ring.authorities(uow)
    assert authority.chain[0] == made.public.chain[1]


async def test_private_parts_are_encrypted_and_bound_to_their_row(container: Container, cast: Cast) -> None:
    made = await key(container, cast.school)
    await key(container, cast.company)
    async with unit_of_work(SYSTEM, container) as uow:
        rows = (await uow.session.execute(select(SigningKeyRow))).scalars().all()
        assert all(row.sealed and made.private_der not in row.sealed for row in rows)
        other = next(row for row in rows if row.organization_id == cast.company)
        await uow.session.execute(
            update(SigningKeyRow)
            .where(SigningKeyRow.organization_id == cast.school)  # pyright: ignore[reportArgumentType]
            .values(sealed=other.sealed, wrapped_key=other.wrapped_key)
        )
    with pytest.raises(TamperedError):
        await key(container, cast.school)


async def test_nobody_but_the_system_reads_the_table(container: Container, cast: Cast) -> None:
    await key(container, cast.school)
    for actor in (ANONYMOUS, cast.olga, cast.ada):
        async with unit_of_work(actor, container) as uow:
            assert await uow.sql("SELECT id FROM signing_keys") == []


async def test_rotation_keeps_the_old_public_key_and_destroys_the_private_one(container: Container, cast: Cast) -> None:
    before = await key(container, cast.school)
    private = before.private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    signature = private.sign(b"signed before", ec.ECDSA(SHA256()))
    async with unit_of_work(SYSTEM, container) as uow:
        after = await ring.rotate(uow, cast.school, KeyKind.P256)
    assert after.public.id != before.public.id
    async with unit_of_work(ANONYMOUS, container) as uow:
        current, retired = await ring.public_keys(uow, cast.school)
    assert (current.id, current.retired_at) == (after.public.id, None)
    assert retired.kid == before.public.kid
    assert retired.retired_at == container.clock.now()
    assert isinstance(retired.key, ec.EllipticCurvePublicKey)
    retired.key.verify(signature, b"signed before", ec.ECDSA(SHA256()))
    async with unit_of_work(SYSTEM, container) as uow:
        row = await uow.session.get_one(SigningKeyRow, before.public.id)
    assert (row.sealed, row.wrapped_key) == (None, None)


async def test_the_installations_own_key_can_be_changed(container: Container, cast: Cast) -> None:
    made = await key(container, cast.school)
    keys = json.loads(container.settings.file_keys.get_secret_value())
    keys["k2"] = b64encode(secrets.token_bytes(32)).decode()
    both = container.settings.model_copy(update={"file_keys": SecretStr(json.dumps(keys)), "file_key_current": "k2"})
    vars(both).pop("file_key_ring", None)
    async with unit_of_work(SYSTEM, dataclasses.replace(container, settings=both)) as uow:
        assert await ring.rewrap_some(uow) == 2
        assert await ring.rewrap_some(uow) == 0
        assert await ring.keys_in_use(uow) == {"k2": 2}
    del keys["k1"]
    new = both.model_copy(update={"file_keys": SecretStr(json.dumps(keys))})
    vars(new).pop("file_key_ring", None)
    assert (await key(dataclasses.replace(container, settings=new), cast.school)).private_der == made.private_der


def test_public_keys_are_spelled_as_the_standards_do() -> None:
    # RFC 8037, appendix A: the key and its thumbprint; the multibase of the same 32 bytes as did:key spells it.
    known = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    public = material.ed25519.Ed25519PublicKey.from_public_bytes(known)
    assert material.jwk_of(public)["x"] == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert material.thumbprint(public) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    assert material.multibase(public).startswith("z6Mk")
    assert material.multibase(material.generate(KeyKind.P256).public_key()).startswith("zDn")
    assert material.base58(b"\0\0hello") == "11Cn8eVZg"
