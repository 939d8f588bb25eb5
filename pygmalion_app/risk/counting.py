"""What the signals count, asked of the tables as they are: nothing is written at a sign-in or an order for it.

Sessions keep from where and with what somebody signed in; orders and payments speak for themselves.
"""

from datetime import datetime, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.core.unit_of_work import UnitOfWork

LOOK_BACK: Final = timedelta(days=1)
"""How old a sign-in or an order may be when it is first looked at: the worker may have been away for a while."""
BATCH: Final = 200

_SESSIONS: LiteralString = """
(SELECT id, user_id, created_at, address, user_agent, country FROM browser_sessions
 UNION ALL
 SELECT id, user_id, created_at, address, user_agent, country FROM token_families)
"""
_SIGN_INS: LiteralString = f"""
WITH chosen AS (
  SELECT s.* FROM {_SESSIONS} s
  WHERE s.id >= %(from)s AND NOT EXISTS (SELECT FROM risk_assessments a WHERE a.subject_id = s.id)
  ORDER BY s.id LIMIT %(limit)s
)
SELECT c.id, c.user_id, c.created_at AS happened_at, '' AS stage,
  (SELECT count(*) FROM audit_events e
   WHERE e.subject_id = c.user_id AND e.action = 'account.sign_in_refused'
   AND e.occurred_at BETWEEN c.created_at - interval '1 hour' AND c.created_at)
  + (SELECT coalesce(sum(greatest(l.attempts - (l.used_at IS NOT NULL)::int, 0)), 0) FROM login_challenges l
     WHERE l.user_id = c.user_id AND l.created_at BETWEEN c.created_at - interval '1 hour' AND c.created_at)
  AS failed_before,
  (EXISTS (SELECT FROM {_SESSIONS} s WHERE s.user_id = c.user_id AND s.created_at < c.created_at)
   AND c.address <> '' AND NOT EXISTS (
     SELECT FROM {_SESSIONS} s WHERE s.user_id = c.user_id AND s.created_at < c.created_at
     AND (s.address = c.address OR s.user_agent = c.user_agent)))::int AS new_place,
  (c.country <> '' AND EXISTS (
     SELECT FROM {_SESSIONS} s WHERE s.user_id = c.user_id AND s.country NOT IN ('', c.country)
     AND s.created_at < c.created_at AND s.created_at > c.created_at - interval '3 hours'))::int AS country_jump,
  (SELECT count(DISTINCT s.user_id) FROM {_SESSIONS} s
   WHERE c.address <> '' AND s.address = c.address AND s.user_agent = c.user_agent
   AND s.created_at BETWEEN c.created_at - interval '7 days' AND c.created_at) AS many_on_device,
  (SELECT count(DISTINCT s.user_id) FROM {_SESSIONS} s
   WHERE c.address <> '' AND s.address = c.address
   AND s.created_at BETWEEN c.created_at - interval '1 day' AND c.created_at) AS many_on_address,
  (SELECT count(*) FROM {_SESSIONS} s WHERE s.user_id = c.user_id
   AND s.created_at BETWEEN c.created_at - interval '1 hour' AND c.created_at) AS sign_in_velocity
FROM chosen c ORDER BY c.id
"""  # noqa: S608 - put together from this module's own parts
_ORDERS: LiteralString = """
WITH chosen AS (
  SELECT o.* FROM orders o LEFT JOIN risk_assessments a ON a.subject_id = o.id
  WHERE o.id >= %(from)s AND a.stage IS DISTINCT FROM o.status
  ORDER BY o.id LIMIT %(limit)s
)
SELECT c.id, c.buyer_user_id AS user_id, c.created_at AS happened_at, c.status AS stage,
  (SELECT count(DISTINCT other.payer_user_id) FROM payments own
   JOIN payments other ON other.card_fingerprint = own.card_fingerprint
   WHERE own.reference = c.id AND other.created_at > c.created_at - interval '90 days') AS card_shared,
  (SELECT count(*) FROM orders o WHERE o.buyer_user_id = c.buyer_user_id
   AND o.created_at BETWEEN c.created_at - interval '1 hour' AND c.created_at) AS order_velocity,
  CASE WHEN u.created_at > c.created_at - interval '1 day' THEN c.total_cents / 100 ELSE 0 END AS new_and_large,
  (SELECT coalesce(max(a.score), 0) FROM risk_assessments a
   WHERE a.user_id = c.buyer_user_id AND a.kind = 'sign_in'
   AND a.happened_at BETWEEN c.created_at - interval '1 day' AND c.created_at) AS risky_sign_in
FROM chosen c JOIN users u ON u.id = c.buyer_user_id ORDER BY c.id
"""


async def new_sign_ins(uow: UnitOfWork) -> list[dict[str, Any]]:
    """Return the oldest sign-ins that were not looked at yet, each with what its signals count; system scope."""
    return await uow.sql(_SIGN_INS, limit=BATCH, **{"from": _first_id(uow.clock.now() - LOOK_BACK)})


async def new_orders(uow: UnitOfWork) -> list[dict[str, Any]]:
    """Return the oldest orders not looked at at their present stage, with what their signals count; system scope."""
    return await uow.sql(_ORDERS, limit=BATCH, **{"from": _first_id(uow.clock.now() - LOOK_BACK)})


def _first_id(moment: datetime) -> UUID:
    """Return the least key (UUIDv7) that a row of this moment can have, so that the primary key finds what is newer."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
