"""Puts the answer to a dispute together: what was sold, to whom, on which terms, who came, what was handed over."""

from datetime import datetime
from typing import Any

from pygmalion_app.core.i18n import (
    format_days,
    format_duration,
    format_moment,
    format_money,
    format_time,
    translate,
)
from pygmalion_app.disputes.facts import Facts
from pygmalion_app.disputes.schemas import Evidence, EvidenceSection
from pygmalion_app.payments.dispute_notices import reason_text

_LONGEST = 20_000
"""Characters that the gateway takes in one text."""


class Writer:
    """Says the facts in one language."""

    def __init__(self, facts: Facts, locale: str, note: str) -> None:
        """Take what is known, and what the administrator adds."""
        self.facts, self.locale, self.note = facts, locale, note.strip()
        self.order = facts.order

    def evidence(self) -> Evidence:
        """Return the answer."""
        sections = [
            ("statement", [self.note]),
            ("order", self._order()),
            ("terms", self._terms()),
            ("attendance", self._attendance()),
            ("mails", self._mails()),
            ("refunds", self._refunds()),
        ]
        return Evidence(
            dispute_id=self.facts.dispute.id,
            locale=self.locale,
            texts=self._texts(),
            sections=tuple(
                EvidenceSection(heading=self._say(f"section-{name}"), lines=tuple(filter(None, lines)))
                for name, lines in sections
                if any(lines)
            ),
            enclosures=self._enclosures(),
        )

    def _texts(self) -> dict[str, str]:
        order = self.order
        texts = {
            "product_description": "\n".join(self._product()),
            "customer_name": order["company"] or order["buyer"],
            "customer_email_address": order["buyer_email"],
            "service_date": self._days(),
            "access_activity_log": "\n".join(self._log()),
            "refund_policy_disclosure": "\n".join(self._terms()),
            "refund_refusal_explanation": "\n".join(self._refunds()),
            "uncategorized_text": self.note,
        }
        return {name: text[:_LONGEST] for name, text in texts.items() if text}

    def _product(self) -> list[str]:
        order = self.order
        return [
            self._say(
                "product",
                course=self._title(),
                organization=order["seller"],
                duration=format_duration(self.locale, order["duration_minutes"]),
                days=self._days(),
                start=format_time(self.locale, order["starts_at"], order["time_zone"]),
                place=" · ".join(part for part in (order["location"], order["address"]) if part)
                or translate(self.locale, "place-remote"),
            ),
            self._say(
                "quantity", quantity=order["quantity"], amount=self._money(order["total_cents"], order["currency"])
            ),
        ]

    def _order(self) -> list[str]:
        order, dispute = self.order, self.facts.dispute
        return [
            *self._product(),
            self._say(
                "reason",
                reason=reason_text(self.locale, dispute.reason),
                amount=self._money(dispute.amount_cents, dispute.currency),
            ),
            self._say(
                "buyer", buyer=order["company"] or order["buyer"], name=order["buyer"], email=order["buyer_email"]
            ),
            self._say("seller", seller=order["seller"], siret=order["siret"] or "–", nda=order["nda"] or "–"),
            self._say("ordered", moment=self._moment(order["created_at"]), order=str(order["id"])),
            self._say("paid", moment=self._moment(order["paid_at"])) if order["paid_at"] else "",
            *(
                self._say("invoice", number=one["number"], amount=self._money(one["total_cents"], one["currency"]))
                for one in self.facts.invoices
            ),
        ]

    def _terms(self) -> list[str]:
        tiers = sorted(self.order["refund_tiers"], key=lambda tier: -int(tier["days_before"]))
        lines = [
            translate(self.locale, "refund-rule", percent=tier["percent"], days=tier["days_before"]) for tier in tiers
        ]
        lines = [self._say("tiers"), *lines] if lines else [self._say("no-refund")]
        contract = self.facts.contract
        if contract is not None:
            lines.append(
                self._say(
                    "contract",
                    moment=self._moment(contract["accepted_at"]),
                    digest=bytes(contract["content_sha256"]).hex(),
                )
            )
        if self.order["withdrawal_ends_at"]:
            lines.append(self._say("withdrawal", moment=self._moment(self.order["withdrawal_ends_at"])))
        return lines

    def _attendance(self) -> list[str]:
        return [self._person(one) for one in self.facts.people]

    def _person(self, one: dict[str, Any]) -> str:
        if one["status"] == "CANCELLED":
            state = self._say("cancelled", moment=self._moment(one["cancelled_at"]))
        elif one["present"] is None:
            state = self._say("expected")
        else:
            outcome = "passed" if one["passed"] else "present" if one["present"] else "absent"
            state = self._say(outcome, trainer=one["validated_by"] or "–")
            if one["completed_at"]:
                state += " " + self._say("validated-at", moment=self._moment(one["completed_at"]))
        if one["certificate"] and not one["revoked_at"]:
            state += " " + self._say("certificate", number=one["certificate"], moment=self._moment(one["issued_at"]))
        return f"{one['name']} ({one['email']}) : {state}"

    def _mails(self) -> list[str]:
        return [
            self._say("mail", moment=self._moment(one["sent_at"]), to=one["to_address"], subject=one["subject"])
            for one in self.facts.mails
        ]

    def _refunds(self) -> list[str]:
        return [
            self._say(
                "refund",
                amount=self._money(one["amount_cents"], one["currency"]),
                moment=self._moment(one["at"]),
                state=one["status"],
            )
            for one in self.facts.refunds
        ]

    def _log(self) -> list[str]:
        """Return what the buyer and the participants did and received, by time."""
        order = self.order
        events: list[tuple[datetime | None, str]] = [
            (order["created_at"], self._say("log-ordered", name=order["buyer"])),
            (order["paid_at"], self._say("log-paid")),
            (order["confirmed_at"], self._say("log-confirmed")),
        ]
        if self.facts.contract:
            events.append((self.facts.contract["accepted_at"], self._say("log-contract", name=order["buyer"])))
        for one in self.facts.people:
            events += [
                (one["completed_at"], self._say("log-completed", name=one["name"])),
                (one["issued_at"], self._say("log-certificate", name=one["name"], number=one["certificate"] or "")),
            ]
        events += [(one["sent_at"], f"{one['to_address']} : {one['subject']}") for one in self.facts.mails]
        dated = sorted((at, text) for at, text in events if at is not None)
        return [f"{self._moment(at)} : {text}" for at, text in dated]

    def _enclosures(self) -> tuple[str, ...]:
        return tuple(name for name, _ in enclosures(self.facts, self.locale))

    def _title(self) -> str:
        english = self.locale == "en" and self.order["title_en"]
        return english or self.order["title"]

    def _days(self) -> str:
        order = self.order
        return format_days(self.locale, order["starts_at"], order["ends_at"], order["time_zone"])

    def _moment(self, moment: datetime | None) -> str:
        return format_moment(self.locale, moment, self.order["time_zone"]) if moment else "–"

    def _money(self, cents: int, currency: str) -> str:
        return format_money(self.locale, cents, currency)

    def _say(self, key: str, **facts: object) -> str:
        return translate(self.locale, f"evidence-{key}", **facts)


def enclosures(facts: Facts, locale: str) -> list[tuple[str, dict[str, Any]]]:
    """Return name and row of what goes with the answer: the contract, the certificates that still hold."""
    contract = facts.contract
    found = [(translate(locale, "evidence-enclosed-contract"), contract)] if contract else []
    found += [
        (translate(locale, "evidence-enclosed-certificate", number=one["certificate"]), one)
        for one in facts.people
        if one["certificate"] and not one["revoked_at"]
    ]
    return [(name, row) for name, row in found if row["file_key"]]
