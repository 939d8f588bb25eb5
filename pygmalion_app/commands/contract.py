"""`python -m pygmalion_app.commands.contract`: deploy, upgrade and call the certificate contract.

    status                            what stands there, who may do what, and whether it is this release's code
    deploy [--operator ADDRESS]       implementation and proxy; prints the address to set as CHAIN_CONTRACT
    upgrade                           this release's implementation behind the proxy, whose address and data stay
    call METHOD [ARGUMENT...]         any function of the contract: `call batch 7`, `call pause`

Each takes `--network embedded | amoy | polygon` (embedded is the one that `make run` starts); deploy, upgrade and call
take `--dry-run`, which says what would be done and what it would cost, and sends nothing. Amoy and Polygon need
CHAIN_RPC_URLS, CHAIN_CONTRACT but for deploying, and the key of CHAIN_ADMIN_KEY (else CHAIN_SIGNER_KEY; `call --as
signer` uses that one). Nothing is done on a node of another chain than the one named. Keys are never printed.
"""

import argparse
import asyncio
import sys

from pydantic import ValidationError

from pygmalion_app.adapters.chain import deploy as deploying
from pygmalion_app.adapters.chain.administration import NETWORKS, Desk, RefusalError, Step, open_desk
from pygmalion_app.adapters.chain.methods import (
    MethodError,
    checked_address,
    decode_answer,
    encode_call,
    method,
    refusal,
)
from pygmalion_app.adapters.chain.rpc import CallRevertedError, octets
from pygmalion_app.adapters.chain.transactions import Transaction, estimate, send
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError


async def status(desk: Desk, _given: argparse.Namespace) -> None:
    """Say what stands at the contract's address."""
    contract = await desk.contract()
    implementation = await deploying.implementation_of(desk.rpc, contract)
    if not implementation:
        raise RefusalError(f"{contract} is no proxy")
    current = await deploying.is_current(desk.rpc, implementation)
    desk.say("contract", contract)
    desk.say("code", f"{implementation}, {'this release' if current else 'ANOTHER release: see `upgrade`'}")
    desk.say("paused", "yes" if await desk.asks("paused") == "true" else "no")
    for who, address in desk.accounts().items():
        roles = [role for role in ("ISSUER", "REVOKER", "UPGRADER", "ADMIN") if await desk.has_role(role, address)]
        balance = desk.money(await desk.balance(address))
        desk.say(who, f"{address}, {', '.join(roles).lower() or 'no role'}, {balance}")


async def deploy(desk: Desk, given: argparse.Namespace) -> None:
    """Deploy the contract where none is configured."""
    if desk.configured and await deploying.has_contract(desk.rpc, desk.configured):
        raise RefusalError(
            f"{desk.configured} is the contract already: `upgrade` changes its code and keeps its address and data"
        )
    admin, operator = desk.admin, checked_address(given.operator) or desk.signer
    first, second = await deploying.estimate_deployment(desk.rpc, admin, admin, operator)
    desk.say("roles", f"{admin} upgrades, pauses and gives roles; {operator} anchors and revokes")
    steps = [Step("create the implementation", first), Step("create the proxy, with these roles", second)]
    if not await desk.agree(admin, steps, dry_run=given.dry_run):
        return
    implementation = await deploying.create_implementation(desk.rpc, desk.admin_key)
    desk.say("created", f"implementation {implementation}")
    contract = await deploying.deploy(desk.rpc, desk.admin_key, operator=operator, implementation=implementation)
    desk.say("deployed", f"set CHAIN_CONTRACT={contract}")


async def upgrade(desk: Desk, given: argparse.Namespace) -> None:
    """Put this release's code behind the proxy, unless it is there."""
    contract = await desk.contract()
    before = await deploying.implementation_of(desk.rpc, contract)
    if not before:
        raise RefusalError(f"{contract} is no proxy")
    if await deploying.is_current(desk.rpc, before):
        desk.say("nothing", f"{contract} runs this release's code already ({before})")
        return
    if not await desk.has_role("UPGRADER", desk.admin):
        raise RefusalError(f"{desk.admin} may not upgrade {contract}: it has no upgrader's role there")
    first, second = await deploying.estimate_upgrade(desk.rpc, desk.admin, contract)
    steps = [Step("create the implementation", first), Step(f"point {contract} to it, away from {before}", second)]
    if not await desk.agree(desk.admin, steps, dry_run=given.dry_run):
        return
    implementation = await deploying.create_implementation(desk.rpc, desk.admin_key)
    await deploying.upgrade(desk.rpc, desk.admin_key, contract, implementation)
    desk.say("upgraded", f"{contract} now runs {await deploying.implementation_of(desk.rpc, contract)}")


async def call(desk: Desk, given: argparse.Namespace) -> None:
    """Read a function, or send a transaction where it changes something."""
    contract = await desk.contract()
    wanted = method(given.method)
    data = encode_call(wanted, given.arguments)
    if wanted.reads:
        answer = await desk.rpc("eth_call", {"to": contract, "data": "0x" + data.hex()}, given.block)
        for name, value in decode_answer(wanted, octets(answer)):
            desk.say(name or wanted.name, value)
        return
    sender, key = (desk.signer, desk.signer_key) if given.sender == "signer" else (desk.admin, desk.admin_key)
    transaction = Transaction(data, to=contract)
    gas = await estimate(desk.rpc, sender, transaction)
    if not await desk.agree(sender, [Step(f"call {wanted.signature} of {contract}", gas)], dry_run=given.dry_run):
        return
    receipt = await send(desk.rpc, key, transaction)
    desk.say("done", f"{receipt['transactionHash']}, {int(receipt['gasUsed'], 16):,} gas")


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say and return the exit code: 1 for what was refused or failed, 2 for nonsense."""
    given = _parser().parse_args(arguments)
    try:
        return asyncio.run(_run(given))
    except ValidationError as error:
        # pydantic's own text would print the values, keys among them.
        for problem in error.errors(include_input=False, include_url=False):
            sys.stderr.write(f"{'.'.join(map(str, problem['loc'])).upper()} {problem['msg']}\n")
    except MethodError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except RefusalError as error:
        sys.stderr.write(f"refused: {error}\n")
    except CallRevertedError as error:
        sys.stderr.write(f"refused by the contract: {refusal(octets(error.data)) or error}\n")
    except UnavailableError as error:
        sys.stderr.write(f"failed: {error.facts.get('reason')}\n")
    return 1


async def _run(given: argparse.Namespace) -> int:
    async with open_desk(given.network, Settings.load()) as desk:
        await {"status": status, "deploy": deploy, "upgrade": upgrade, "call": call}[given.what](desk, given)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pygmalion_app.commands.contract",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="%(prog)s status | deploy | upgrade | call ... --network NETWORK",
    )
    what = parser.add_subparsers(dest="what", required=True, metavar="", prog=parser.prog)
    parts = {name: what.add_parser(name) for name in ("status", "deploy", "upgrade", "call")}
    for name, part in parts.items():
        part.add_argument("--network", choices=sorted(NETWORKS), required=True)
        if name != "status":
            part.add_argument("--dry-run", action="store_true", help="say what it would do and cost; send nothing")
    parts["deploy"].add_argument("--operator", metavar="ADDRESS", default="", help="anchors and revokes")
    parts["call"].add_argument("--as", dest="sender", choices=["admin", "signer"], default="admin")
    parts["call"].add_argument("--block", default="latest", help="where to read: latest, finalized, 0x...")
    parts["call"].add_argument("method")
    parts["call"].add_argument("arguments", nargs="*", metavar="argument")
    return parser


if __name__ == "__main__":
    sys.exit(main())
