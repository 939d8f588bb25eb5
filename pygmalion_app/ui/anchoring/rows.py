"""Contract calls, nodes and figures, ready to read."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pygmalion_app.certificates.alarms import format_coins
from pygmalion_app.certificates.anchoring_admin import AnchoringTotals, OperationRow
from pygmalion_app.certificates.chain_watch import WEI
from pygmalion_app.certificates.models import OperationKind, OperationStatus
from pygmalion_app.core.i18n import format_duration, format_moment, format_number
from pygmalion_app.core.ports import ChainNetwork, NodeHealth, NodeState
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang

_MINUTE = 60
_TONES: dict[OperationStatus, Tone] = {
    OperationStatus.SEALED: "idle",
    OperationStatus.SIGNED: "info",
    OperationStatus.MINED: "info",
    OperationStatus.FINAL: "ok",
    OperationStatus.CONFLICT: "bad",
}
_NODE_TONES: dict[NodeState, Tone] = {
    NodeState.WELL: "ok",
    NodeState.BEHIND: "warn",
    NodeState.SILENT: "bad",
    NodeState.REFUSING: "bad",
    NodeState.OTHER_CHAIN: "bad",
}


@dataclass
class CallRow:
    """One call to the contract."""

    id: int
    what: str
    note: str
    """What stands under it: how many certificates, or the number it had before."""
    state: str
    tone: Tone
    trouble: str
    transaction: str
    """Shortened; empty while none is in a block."""
    transaction_full: str
    transaction_href: str
    block: str
    cost: str
    age: str
    since: str
    alarm: bool


@dataclass
class NodeRow:
    """One node as it answered just now."""

    host: str
    state: str
    tone: Tone
    block: str
    time: str


@dataclass
class Figure:
    """A large figure and its meaning."""

    value: str
    term: str


def coins(lang: Lang, wei: int, network: ChainNetwork | None) -> str:
    """Return an amount in the chain's own currency."""
    amount = format_coins(lang.code, Decimal(wei) / WEI)
    return f"{amount} {network.currency}" if network else amount


def figures(lang: Lang, found: AnchoringTotals, network: ChainNetwork | None) -> list[Figure]:
    """Return what stands above the list."""
    gas = "–" if found.gas_per_certificate is None else format_number(lang.code, round(found.gas_per_certificate))
    return [
        Figure(format_number(lang.code, found.anchored_certificates), lang("anchoring-anchored")),
        Figure(format_number(lang.code, found.waiting_certificates), lang("anchoring-waiting")),
        Figure(format_number(lang.code, found.under_way), lang("anchoring-under-way")),
        Figure(coins(lang, found.cost_wei, network), lang("anchoring-total-cost", count=found.transactions)),
        Figure(gas, lang("anchoring-gas")),
    ]


def call_row(lang: Lang, row: OperationRow, network: ChainNetwork | None, now: datetime) -> CallRow:
    """Return one call."""
    hashed = "0x" + row.transaction_hash.hex() if row.transaction_hash else ""
    explorer = network.explorer if network and network.chain_id == row.chain_id else ""
    cost = "" if row.cost_wei is None else coins(lang, row.cost_wei, network)
    if not cost and row.status in {OperationStatus.MINED, OperationStatus.FINAL}:
        cost = lang("anchoring-cost-unknown")
    return CallRow(
        id=row.id,
        what=_what(lang, row),
        note=_note(lang, row),
        state=lang(f"anchoring-state-{row.status.lower()}"),
        tone="warn" if row.trouble and row.status is not OperationStatus.CONFLICT else _TONES[row.status],
        trouble=trouble_text(lang, row),
        transaction=f"{hashed[:10]}…{hashed[-6:]}" if hashed else "",
        transaction_full=hashed,
        transaction_href=f"{explorer}/tx/{hashed}" if explorer and hashed else "",
        block="" if row.block_number is None else format_number(lang.code, row.block_number),
        cost=cost,
        age=_age(lang, row, now),
        since=format_moment(lang.code, row.created_at),
        alarm=row.status is OperationStatus.CONFLICT and row.acknowledged_at is None,
    )


def trouble_text(lang: Lang, row: OperationRow) -> str:
    """Return what keeps a call, in words; empty where nothing does."""
    if row.status is OperationStatus.CONFLICT:
        return lang("anchoring-conflict-known" if row.acknowledged_at else "anchoring-conflict-text")
    if row.trouble is None:
        return ""
    said = lang(f"anchoring-trouble-{row.trouble.replace('_', '-')}")
    if row.retry_at is None or row.status is not OperationStatus.SEALED:
        return said
    return said + " " + lang("anchoring-next-try", at=format_moment(lang.code, row.retry_at))


def node_row(lang: Lang, node: NodeHealth) -> NodeRow:
    """Return one node."""
    return NodeRow(
        host=node.host,
        state=lang(f"anchoring-node-{node.state.replace('_', '-')}"),
        tone=_NODE_TONES[node.state],
        block="–" if node.block is None else format_number(lang.code, node.block),
        time="–" if node.milliseconds is None else lang("anchoring-milliseconds", count=node.milliseconds),
    )


def _what(lang: Lang, row: OperationRow) -> str:
    if row.kind is OperationKind.REVOKE:
        return lang("anchoring-revocation")
    return lang("anchoring-batch", number=str(row.batch_id))


def _note(lang: Lang, row: OperationRow) -> str:
    parts = [lang("anchoring-certificates", count=row.certificates)] if row.kind is OperationKind.ANCHOR else []
    if row.renumbered_from is not None:
        parts.append(lang("anchoring-renumbered", number=str(row.renumbered_from)))
    if row.attempts > 1:
        parts.append(lang("anchoring-attempts", count=row.attempts))
    return " · ".join(parts)


def _age(lang: Lang, row: OperationRow, now: datetime) -> str:
    if row.status is OperationStatus.CONFLICT:
        return ""
    seconds = max(0, int(((row.final_at or now) - row.created_at).total_seconds()))
    if seconds < _MINUTE:
        words = lang("anchoring-seconds", count=seconds)
    else:
        words = format_duration(lang.code, seconds // _MINUTE)
    return lang("anchoring-took" if row.final_at else "anchoring-since", time=words)
