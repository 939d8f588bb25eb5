"""What an upgrade must keep: where data lie, and how the contract is called. Compares two artifacts."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Artifact: TypeAlias = Mapping[str, Any]
Members: TypeAlias = Sequence[Mapping[str, Any]]


def problems(old: Artifact, new: Artifact) -> list[str]:
    """Return what a contract of `old` that runs the code of `new` would lose or misread."""
    found = [f"storage: {text}" for text in _moved(old["storage"], new["storage"])]
    for name, members in old["structs"].items():
        later = new["structs"].get(name, [])
        found += [f"{name}: {text}" for text in _moved(members, later)]
        if len(later) > len(members) and not _only_in_mappings(name, new["storage"]):
            found.append(f"{name}: grew, and what lies behind it moved")
    for name, members in old["namespaces"].items():
        found += [f"{name}: {text}" for text in _moved(members, new["namespaces"].get(name, []))]
    return found + [f"gone: {entry}" for entry in sorted(interface(old) - interface(new))]


def interface(artifact: Artifact) -> set[str]:
    """Return each function, event and error with all that a caller relies on."""
    return {
        f"{entry['type']} {entry['name']}({_kinds(entry['inputs'])}) {_kinds(entry.get('outputs', []))}".rstrip()
        for entry in artifact["abi"]
        if entry["type"] in {"function", "event", "error"}
    }


def _moved(old: Members, new: Members) -> list[str]:
    """Return the members that are not where, or what, they were. What is added behind them moves nothing."""
    return [
        f"{before['label']} was {_place(before)}, is {_place(new[at]) if at < len(new) else 'gone'}"
        for at, before in enumerate(old)
        if at >= len(new) or dict(before) != dict(new[at])
    ]


def _only_in_mappings(struct: str, storage: Members) -> bool:
    """Tell whether a struct is only ever the value of a mapping, where nothing lies behind it."""
    within = re.compile(rf"t_mapping\(t_\w+,{re.escape(struct)}\)")
    return all(struct not in within.sub("", variable["type"]) for variable in storage)


def _place(member: Mapping[str, Any]) -> str:
    return " ".join(str(value) for value in member.values())


def _kinds(parts: Members) -> str:
    return ",".join(
        ("indexed " if part.get("indexed") else "")
        + (f"({_kinds(part['components'])})" if "components" in part else part["type"])
        for part in parts
    )
