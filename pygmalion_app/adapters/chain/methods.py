"""Any function of the contract by its name, arguments and answers being text: for administrators, not for the API."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from pygmalion_app.adapters.chain.abi import artifact, selector

Entry: TypeAlias = dict[str, Any]
_PANIC, _ERROR = selector("Panic(uint256)"), selector("Error(string)")


class MethodError(Exception):
    """No such function, or arguments that it does not take; the text says which."""


@dataclass(frozen=True, slots=True)
class Method:
    """A function of the contract."""

    name: str
    inputs: tuple[tuple[str, str], ...]
    """Name and type of each argument."""
    outputs: tuple[Entry, ...]
    reads: bool
    """Whether it changes nothing, and so needs no transaction."""

    @property
    def signature(self) -> str:
        """Its full name, as `batch(uint64)`."""
        return f"{self.name}({','.join(kind for _name, kind in self.inputs)})"


def methods(contract: str = "PygmalionCertificate") -> list[Method]:
    """Return every function of the contract, by name."""
    found = [
        Method(
            name=entry["name"],
            inputs=tuple(
                (given["name"] or f"argument {i}", _kind(given)) for i, given in enumerate(entry["inputs"], 1)
            ),
            outputs=tuple(entry["outputs"]),
            reads=entry["stateMutability"] in {"view", "pure"},
        )
        for entry in artifact(contract)["abi"]
        if entry["type"] == "function"
    ]
    return sorted(found, key=lambda method: method.signature)


def method(name: str) -> Method:
    """Return a function by its name, or by its signature where several share a name. Raises MethodError."""
    found = [each for each in methods() if name in {each.name, each.signature}]
    if not found:
        known = ", ".join(dict.fromkeys(each.name for each in methods()))
        message = f"the contract has no function {name}; it has {known}"
        raise MethodError(message)
    if len(found) > 1:
        message = f"several functions are called {name}, say which: {', '.join(each.signature for each in found)}"
        raise MethodError(message)
    return found[0]


def encode_call(wanted: Method, arguments: Sequence[str]) -> bytes:
    """Return the call's data. Raises MethodError where an argument is not of its type, none being cut or filled up."""
    from eth_abi.abi import encode
    from eth_abi.exceptions import EncodingError

    if len(arguments) != len(wanted.inputs):
        takes = ", ".join(f"{kind} {name}" for name, kind in wanted.inputs) or "nothing"
        message = f"{wanted.name} takes {takes}; {len(arguments)} arguments were given"
        raise MethodError(message)
    values: list[Any] = []
    for (name, kind), text in zip(wanted.inputs, arguments, strict=True):
        try:
            value = _value(kind, text)
            encode([kind], [value])
        except (ValueError, TypeError, EncodingError):
            message = f"{name}: {text!r} is no {kind}"
            raise MethodError(message) from None
        values.append(value)
    return selector(wanted.signature) + encode([kind for _name, kind in wanted.inputs], values)


def decode_answer(wanted: Method, data: bytes) -> list[tuple[str, str]]:
    """Return each value of an answer by its name, those of a struct by theirs. Raises MethodError."""
    from eth_abi.abi import decode
    from eth_abi.exceptions import DecodingError

    try:
        values = decode([_kind(output) for output in wanted.outputs], data)
    except DecodingError:
        message = f"the answer is none of {wanted.signature}: is this our contract?"
        raise MethodError(message) from None
    lines: list[tuple[str, str]] = []
    for output, value in zip(wanted.outputs, values, strict=True):
        if "components" in output and not output["type"].endswith("]"):
            parts = cast("tuple[Any, ...]", value)
            lines += [(part["name"], _text(item)) for part, item in zip(output["components"], parts, strict=True)]
        else:
            lines.append((output["name"], _text(value)))
    return lines


def refusal(data: bytes) -> str:
    """Return a contract's error as it is written in the source, with its arguments; "" where it is not known."""
    from eth_abi.abi import decode
    from eth_abi.exceptions import DecodingError

    known: dict[bytes, Entry] = {
        _ERROR: {"name": "Error", "inputs": [{"type": "string"}]},
        _PANIC: {"name": "Panic", "inputs": [{"type": "uint256"}]},
    }
    for name in ("ERC1967Proxy", "PygmalionCertificate"):
        for entry in artifact(name)["abi"]:
            if entry["type"] == "error":
                known[selector(f"{entry['name']}({','.join(_kind(given) for given in entry['inputs'])})")] = entry
    found = known.get(data[:4])
    if found is None:
        return ""
    try:
        values = decode([_kind(given) for given in found["inputs"]], data[4:])
    except DecodingError:
        return str(found["name"])
    return f"{found['name']}({', '.join(_text(value) for value in values)})"


def checked_address(text: str) -> str:
    """Return an address, or "" for none given. Raises MethodError where it is mistyped."""
    try:
        return _address(text) if text else ""
    except ValueError:
        message = f"{text!r} is no address"
        raise MethodError(message) from None


def _kind(entry: Entry) -> str:
    kind = str(entry["type"])
    if not kind.startswith("tuple"):
        return kind
    return f"({','.join(_kind(part) for part in entry['components'])}){kind.removeprefix('tuple')}"


def _value(kind: str, text: str) -> Any:
    if kind.endswith("[]"):
        items = json.loads(text)
        if not isinstance(items, list):
            raise TypeError
        return [_value(kind.removesuffix("[]"), str(item)) for item in cast("list[Any]", items)]
    if kind.startswith(("uint", "int")):
        return int(text, 0)
    if kind == "bool":
        return _truth(text)
    if kind == "string":
        return text
    if kind == "address":
        return _address(text)
    data = bytes.fromhex(text.removeprefix("0x"))
    # A shorter bytes32 would be filled up without a word, and mean something else.
    if kind != "bytes" and len(data) != int(kind.removeprefix("bytes")):
        raise ValueError
    return data


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError
    return text == "true"


def _address(text: str) -> str:
    from eth_utils.address import is_hex_address, to_checksum_address

    # Where its letters' case is mixed, the case is a checksum: a mistyped address is noticed.
    digits = text.removeprefix("0x")
    mixed = not digits.islower() and not digits.isupper() and not digits.isdigit()
    if not is_hex_address(text) or (mixed and to_checksum_address(text) != text):
        raise ValueError
    return text


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_text(item) for item in cast("tuple[Any, ...]", value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)
