"""What the application may send to Stripe: the SDK's own parameter types, closed.

The SDK's types are open (`Literal[...] | str`, keys unchecked). Here each is rebuilt so that an unknown key at any
depth, another word than Stripe's own, and a float of cents are refused.
"""

import importlib
import re
from functools import cache
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, TypeAdapter
from stripe import _request_options
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import TypedDict, is_typeddict

_OBJECT = r"[^/]+"
CALLS = {
    "post /v1/checkout/sessions": "checkout._session_create_params:SessionCreateParams",
    f"post /v1/checkout/sessions/{_OBJECT}/expire": "checkout._session_expire_params:SessionExpireParams",
    "post /v1/payment_intents": "_payment_intent_create_params:PaymentIntentCreateParams",
    f"get /v1/payment_intents/{_OBJECT}": "_payment_intent_retrieve_params:PaymentIntentRetrieveParams",
    f"get /v1/setup_intents/{_OBJECT}": "_setup_intent_retrieve_params:SetupIntentRetrieveParams",
    f"post /v1/payment_methods/{_OBJECT}/detach": "_payment_method_detach_params:PaymentMethodDetachParams",
    f"get /v1/payment_methods/{_OBJECT}": "_payment_method_retrieve_params:PaymentMethodRetrieveParams",
    f"post /v1/transfers/{_OBJECT}/reversals": "_transfer_reversal_create_params:TransferReversalCreateParams",
    "post /v1/refunds": "_refund_create_params:RefundCreateParams",
    f"post /v1/application_fees/{_OBJECT}/refunds": (
        "_application_fee_refund_create_params:ApplicationFeeRefundCreateParams"
    ),
    "post /v1/files": "_file_create_params:FileCreateParams",
    "get /v1/disputes": "_dispute_list_params:DisputeListParams",
    f"post /v1/disputes/{_OBJECT}": "_dispute_update_params:DisputeUpdateParams",
    "get /v1/tax_rates": "_tax_rate_list_params:TaxRateListParams",
    "post /v1/tax_rates": "_tax_rate_create_params:TaxRateCreateParams",
    "post /v1/accounts": "_account_create_params:AccountCreateParams",
    f"get /v1/accounts/{_OBJECT}": "_account_retrieve_params:AccountRetrieveParams",
    "post /v1/account_links": "_account_link_create_params:AccountLinkCreateParams",
    "post /v1/payouts": "_payout_create_params:PayoutCreateParams",
    "get /v1/balance_transactions": "_balance_transaction_list_params:BalanceTransactionListParams",
    f"get /v1/charges/{_OBJECT}": "_charge_retrieve_params:ChargeRetrieveParams",
}
"""Every call that the adapter makes; another one is refused too."""


def check(method: str, path: str, params: dict[str, Any] | None) -> None:
    """Raise ValidationError for a call that Stripe's types do not know so, KeyError for one that is not ours."""
    name = next((name for call, name in CALLS.items() if re.fullmatch(call, f"{method.lower()} {path}")), None)
    if name is None:
        raise KeyError(f"{method} {path}")
    _adapter(name).validate_python({key: value for key, value in (params or {}).items() if key != "file"})


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    module, kind = name.split(":")
    return TypeAdapter(_closed(getattr(importlib.import_module(f"stripe.params.{module}"), kind)))


@cache
def _closed_dict(kind: Any) -> Any:
    # Some parameters inherit the options, whose annotations are of another module.
    hints = get_type_hints(kind, localns={**vars(_request_options), "StripeContext": object}, include_extras=True)
    # What the SDK takes besides, for one call: the key, the account. They are options here, never parameters.
    options = {
        "api_key",
        "idempotency_key",
        "stripe_account",
        "stripe_context",
        "stripe_version",
        "max_network_retries",
    }
    options |= {"headers", "content_type", "file"}
    fields = {name: _field(kind, name, hint) for name, hint in hints.items() if name not in options}
    closed = TypedDict(kind.__name__, fields)  # pyright: ignore[reportArgumentType, reportGeneralTypeIssues]
    closed.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # pyright: ignore[reportAttributeAccessIssue]
    return closed


def _field(kind: Any, name: str, hint: Any) -> Any:
    if get_origin(hint) is NotRequired or name in kind.__optional_keys__:
        return NotRequired[_closed(get_args(hint)[0] if get_origin(hint) is NotRequired else hint)]
    return Required[_closed(hint)]


def _closed(hint: Any) -> Any:
    """Return a type without its ways out."""
    if is_typeddict(hint):
        return _closed_dict(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Union or type(hint).__name__ == "UnionType":
        kept = [argument for argument in arguments if get_origin(argument) is not UntypedStripeObject]
        if any(get_origin(argument) is Literal and get_args(argument) != ("",) for argument in kept):
            kept = [argument for argument in kept if argument is not str]
        return Union[tuple(_closed(argument) for argument in kept)]  # noqa: UP007 - built at run time
    if origin is list:
        return list[_closed(arguments[0])]
    if origin is dict:
        return dict[arguments[0], _closed(arguments[1])]
    return hint
