"""What people are told of, by topic: the topic decides how its mails come."""

from enum import StrEnum
from typing import Final


class Topic(StrEnum):
    """What a person chooses a delivery for."""

    BOOKINGS = "bookings"
    """One's own seats: called up, moved, given to somebody else."""
    ORDERS = "orders"
    """What one buys. Its mails are the proof of a contract, so they always come at once."""
    WAITING = "waiting"
    CERTIFICATES = "certificates"
    TEAM = "team"
    """Certificates of the people one manages."""
    DOCUMENTS = "documents"
    """Checks of identity, of an organisation and of certificates obtained elsewhere."""
    MESSAGES = "messages"


class Delivery(StrEnum):
    """How a topic's mails come; the application itself shows everything always."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NONE = "none"


ALWAYS_MAILED: Final = frozenset({Topic.ORDERS})


ICONS: Final[dict[Topic, str]] = {
    Topic.BOOKINGS: "calendar-days",
    Topic.ORDERS: "receipt",
    Topic.WAITING: "hourglass",
    Topic.CERTIFICATES: "award",
    Topic.TEAM: "users-round",
    Topic.DOCUMENTS: "file-check",
    Topic.MESSAGES: "mail",
}
_KINDS: Final[dict[Topic, str]] = {
    Topic.BOOKINGS: ("convocation seat-moved participant-replaced request-approved request-refused request-expired"),
    Topic.ORDERS: (
        "order-confirmed order-on-account order-saved order-expired order-refunded enrollment-cancelled "
        "enrollment-credited refund-arrived refund-by-hand seat-moved-buyer"
    ),
    Topic.WAITING: "waiting-joined waiting-offered waiting-lapsed waiting-closed session-planned session-wished",
    Topic.CERTIFICATES: (
        "certificate certificate-expiring certificate-expired certificate-revoked certificate-corrected"
    ),
    Topic.TEAM: "team-certificates request-asked request-second",
    Topic.DOCUMENTS: (
        "external-accepted external-refused kyc-approved kyc-rejected kyc-more-information "
        "kyc-expired kyc-reminder kyc-lapsed "
        "course-hidden course-asked course-back review-hidden review-asked review-back report-followed report-declined"
    ),
    Topic.MESSAGES: "message-received",
}
KINDS: Final[dict[str, Topic]] = {kind: topic for topic, kinds in _KINDS.items() for kind in kinds.split()}
"""Each kind is also the name of its mail: `mail-<kind>-subject` is what a list shows."""
