"""What `assets/attendance.js` says, in the page's language; `{…}` stays for the script to fill."""

import json

from pygmalion_app.attendance.models import Reason
from pygmalion_app.ui.i18n import Lang

_PLAIN = {
    "close": "close",
    "cancel": "cancel",
    "loading": "att-loading",
    "away": "att-away",
    "pad": "att-pad",
    "padText": "att-pad-text",
    "sign": "att-sign",
    "again": "att-sign-again",
    "clear": "att-clear",
    "reason": "att-reason",
    "note": "att-note",
    "minutes": "att-minutes",
    "cameLate": "att-came-late",
    "absent": "att-absent",
    "absentText": "att-absent-text",
    "noteAbsent": "att-note-absent",
    "isAbsent": "att-is-absent",
    "isPresent": "att-is-present",
    "unsigned": "att-unsigned",
    "toSend": "att-to-send",
    "waitingText": "att-waiting-text",
    "halves": "att-halves",
    "paper": "att-paper",
    "code": "att-code",
    "codeText": "att-code-text",
    "codeAlt": "att-code-alt",
    "codeOffline": "att-code-offline",
    "nobody": "teach-nobody",
    "notOpen": "att-not-open",
    "ready": "att-ready",
    "countersign": "att-countersign",
    "trainerText": "att-trainer-text",
    "reopen": "att-reopen",
    "you": "att-you",
    "kept": "att-kept",
    "keptText": "att-kept-text",
    "done": "att-done",
    "doneText": "att-done-text",
    "refused": "att-refused",
    "morning": "half-morning",
    "afternoon": "half-afternoon",
    "evening": "half-evening",
}
_FILLED = {
    "waiting": ("att-waiting", "count"),
    "noted": ("att-noted", "count", "total"),
    "missing": ("att-missing", "count"),
    "isLate": ("att-is-late", "minutes"),
    "closedBy": ("att-closed-by", "name"),
    "signedHere": ("att-signed-here", "at"),
    "signedAt": ("att-signed-at", "at"),
    "signedOwn": ("att-signed-own", "at"),
    "receivedAt": ("att-received-at", "at", "received"),
}


def words(lang: Lang) -> str:
    """Return the script's words as JSON."""
    said = {name: lang(key) for name, key in _PLAIN.items()}
    said |= {name: lang(key, **{fact: f"{{{fact}}}" for fact in facts}) for name, (key, *facts) in _FILLED.items()}
    said |= {f"reason-{reason.value}": lang(f"reason-{reason.value}") for reason in Reason if reason.value}
    return json.dumps(said, ensure_ascii=False)
