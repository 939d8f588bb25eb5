"""Passkeys (WebAuthn, level 3): challenges made and kept here, answers checked by py_webauthn.

A challenge is random, single-use, late after minutes, and good for one purpose (and, as a second factor, for one
sign-in). The origin and the relying party come from the installation's public address, never from the request.
"""

import ipaddress
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from webauthn.helpers import base64url_to_bytes, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    CredentialDeviceType,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from pygmalion_app.accounts.errors import InvalidPasskeyError, PasskeyKnownError, PasskeysUnavailableError
from pygmalion_app.accounts.factor_models import Passkey, PasskeyChallenge, PasskeyPurpose
from pygmalion_app.accounts.factor_schemas import AddPasskey, PasskeyOptions
from pygmalion_app.accounts.models import User
from pygmalion_app.core.config import Settings
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork

LIFE = timedelta(minutes=5)
NAME = "Pygmalion"
MOST = 20
"""Passkeys a person may keep."""
_TRANSPORTS = frozenset(transport.value for transport in AuthenticatorTransport)
# What py_webauthn lets through from below when an answer is no credential at all.
_UNREADABLE = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, OverflowError)

_CLEAN = """
DELETE FROM passkey_challenges WHERE id IN (
    SELECT id FROM passkey_challenges WHERE expires_at < %(before)s LIMIT 100 FOR UPDATE SKIP LOCKED)
"""


class RelyingParty(NamedTuple):
    """The name that passkeys are bound to, and the one origin they are used from."""

    id: str
    origin: str


def relying_party(settings: Settings) -> RelyingParty:
    """Return who we are to a passkey; PasskeysUnavailableError for an address that passkeys do not know.

    Passkeys are bound to names: a loopback address stands for `localhost`, any other bare address cannot have them,
    nor can one without TLS.
    """
    url = urlsplit(settings.base_url)
    host = url.hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if url.scheme != "https" and host != "localhost" and not host.endswith(".localhost"):
            raise PasskeysUnavailableError from None
        return RelyingParty(host, f"{url.scheme}://{url.netloc}")
    if not address.is_loopback:
        raise PasskeysUnavailableError
    port = f":{url.port}" if url.port else ""
    return RelyingParty("localhost", f"{url.scheme}://localhost{port}")


async def registration_options(uow: UnitOfWork, user: User) -> PasskeyOptions:
    """Return what the browser needs to make a new passkey for a person."""
    party = relying_party(uow.settings)
    made = await _challenge(uow, PasskeyPurpose.REGISTER, user.id)
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=NAME,
        user_id=user.id.bytes,
        user_name=user.email,
        user_display_name=f"{user.first_name} {user.last_name}",
        challenge=made.challenge,
        timeout=int(LIFE.total_seconds() * 1000),
        # Kept by the device with its owner's handle, and its owner checked: so it can sign in alone.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[_descriptor(passkey) for passkey in await passkeys_of(uow, user.id)],
    )
    return PasskeyOptions(challenge_id=made.id, public_key=options_to_json_dict(options))


async def register(uow: UnitOfWork, user_id: UUID, command: AddPasskey) -> Passkey:
    """Keep a new passkey; InvalidPasskeyError when the answer does not fit, PasskeyKnownError when it is there."""
    party = relying_party(uow.settings)
    challenge = await take(uow, command.challenge_id, PasskeyPurpose.REGISTER)
    if challenge.user_id != user_id or len(await passkeys_of(uow, user_id)) >= MOST:
        raise InvalidPasskeyError
    try:
        verified = webauthn.verify_registration_response(
            credential=dict(command.credential),
            expected_challenge=challenge.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _UNREADABLE as error:
        raise InvalidPasskeyError from error
    values: dict[str, Any] = {
        "id": new_id(),
        "user_id": user_id,
        "credential_id": verified.credential_id,
        "public_key": verified.credential_public_key,
        "sign_count": verified.sign_count,
        "name": command.name,
        "transports": _transports(command.credential),
        "backed_up": verified.credential_device_type == CredentialDeviceType.MULTI_DEVICE,
        "created_at": uow.clock.now(),
    }
    kept = insert(Passkey).values(values).on_conflict_do_nothing(index_elements=["credential_id"]).returning(Passkey)
    passkey = (await uow.session.execute(kept)).scalar_one_or_none()
    if passkey is None:
        raise PasskeyKnownError
    return passkey


async def request_options(
    uow: UnitOfWork, user_id: UUID | None = None, login_challenge_id: UUID | None = None
) -> PasskeyOptions:
    """Return what the browser needs to ask for a passkey: any of ours, or a known person's as their second factor."""
    party = relying_party(uow.settings)
    alone = user_id is None
    purpose = PasskeyPurpose.SIGN_IN if alone else PasskeyPurpose.SECOND_FACTOR
    made = await _challenge(uow, purpose, user_id, login_challenge_id)
    own = [] if user_id is None else await passkeys_of(uow, user_id)
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=made.challenge,
        timeout=int(LIFE.total_seconds() * 1000),
        allow_credentials=[_descriptor(passkey) for passkey in own],
        user_verification=UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED,
    )
    return PasskeyOptions(challenge_id=made.id, public_key=options_to_json_dict(options))


async def take(uow: UnitOfWork, challenge_id: UUID, *purposes: PasskeyPurpose) -> PasskeyChallenge:
    """Spend a challenge, whatever comes of it; InvalidPasskeyError when it is spent, late or for something else."""
    taken = (
        await uow.session.execute(
            update(PasskeyChallenge)
            .where(
                col(PasskeyChallenge.id) == challenge_id,
                col(PasskeyChallenge.purpose).in_(purposes),
                col(PasskeyChallenge.used_at).is_(None),
                col(PasskeyChallenge.expires_at) > uow.clock.now(),
            )
            .values(used_at=uow.clock.now())
            .returning(PasskeyChallenge)
        )
    ).scalar_one_or_none()
    if taken is None:
        raise InvalidPasskeyError
    return taken


async def verify(uow: UnitOfWork, challenge: PasskeyChallenge, credential: Mapping[str, Any]) -> Passkey:
    """Return the passkey that answered; InvalidPasskeyError for any other, a copied one, or one of somebody else."""
    party = relying_party(uow.settings)
    passkey = await _answering(uow, credential)
    alone = challenge.user_id is None
    if passkey is None or (not alone and passkey.user_id != challenge.user_id):
        raise InvalidPasskeyError
    try:
        if alone and _user_handle(credential) != passkey.user_id.bytes:
            raise InvalidPasskeyError
        verified = webauthn.verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            # A counter that does not grow tells of a copy of the key; zero tells that the device does not count.
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=alone,
        )
    except _UNREADABLE as error:
        raise InvalidPasskeyError from error
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, uow.clock.now()
    await uow.session.flush()
    return passkey


async def passkeys_of(uow: UnitOfWork, user_id: UUID) -> list[Passkey]:
    """Return a person's passkeys, the oldest first."""
    query = select(Passkey).where(col(Passkey.user_id) == user_id).order_by(col(Passkey.created_at), col(Passkey.id))
    return list((await uow.session.execute(query)).scalars())


async def _challenge(
    uow: UnitOfWork, purpose: PasskeyPurpose, user_id: UUID | None, login_challenge_id: UUID | None = None
) -> PasskeyChallenge:
    now = uow.clock.now()
    await uow.sql(_CLEAN, before=now - LIFE)
    made = PasskeyChallenge(
        purpose=purpose,
        user_id=user_id,
        login_challenge_id=login_challenge_id,
        challenge=secrets.token_bytes(32),
        expires_at=now + LIFE,
    )
    uow.session.add(made)
    await uow.session.flush()
    return made


async def _answering(uow: UnitOfWork, credential: Mapping[str, Any]) -> Passkey | None:
    """Return the passkey that an answer names, locked: its counter is read and written."""
    try:
        credential_id = base64url_to_bytes(str(credential.get("rawId"))[:2000])
    except ValueError:
        return None
    query = select(Passkey).where(col(Passkey.credential_id) == credential_id).with_for_update()
    return (await uow.session.execute(query)).scalar_one_or_none()


def _user_handle(credential: Mapping[str, Any]) -> bytes:
    return base64url_to_bytes(str(credential["response"]["userHandle"]))


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    transports = [AuthenticatorTransport(name) for name in passkey.transports]
    return PublicKeyCredentialDescriptor(id=passkey.credential_id, transports=transports)


def _transports(credential: Mapping[str, Any]) -> list[str]:
    listed = credential.get("response", {}).get("transports")
    named: set[str] = set(map(str, listed)) if isinstance(listed, list) else set()  # pyright: ignore[reportUnknownArgumentType]
    return sorted(_TRANSPORTS & named)
