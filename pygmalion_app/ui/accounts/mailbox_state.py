"""The demonstration mailbox: the browser reads it where the embedded mail server shows it."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.unit_of_work import container
from pygmalion_app.ui import access
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import lang_of_path
from pygmalion_app.ui.viewer import Viewer

_MOST = 15
_LONGEST = 40_000
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")


@dataclass
class MessageRow:
    """A message in the list; `key` tells it from the others."""

    key: str
    subject: str
    date: str
    excerpt: str


@dataclass
class FileRow:
    """What an open message brings; its address holds the file itself."""

    name: str
    address: str


class MailboxState(rx.State):
    """One address's messages and the one that is open."""

    address: rx.Field[str] = rx.field("")
    rows: rx.Field[list[MessageRow]] = rx.field(default_factory=list)
    read: rx.Field[bool] = rx.field(False)
    """Whether the box was read at least once for this address."""
    on: rx.Field[bool] = rx.field(True)
    chosen: rx.Field[str] = rx.field("")
    subject: rx.Field[str] = rx.field("")
    body: rx.Field[str] = rx.field("")
    files: rx.Field[list[FileRow]] = rx.field(default_factory=list)

    _bodies: dict[str, str] = {}  # noqa: RUF012 - a backend var of the state, copied for each client
    _files: dict[str, list[FileRow]] = {}  # noqa: RUF012 - the same

    @rx.event
    @access.public
    async def load(self) -> EventSpec | None:
        """Read the address in the page's address, else the reader's own."""
        self.on = container().settings.embedded_mailbox
        asked = self.router.url.query_parameters.get("to", "")
        viewer = await self.get_state(Viewer)
        return self._open(asked or self.address or viewer.email)

    @rx.event
    @access.public
    def choose_address(self, form: dict[str, Any]) -> EventSpec | None:
        """Read another address."""
        return self._open(text_of(form, "address", 320))

    @rx.event
    @access.public
    def refresh(self) -> EventSpec | None:
        """Ask the mail server again."""
        if not self.on or not _ADDRESS.fullmatch(self.address):
            return None
        return rx.call_script(
            f"fetch('/api/v1/dev/mailbox?to=' + encodeURIComponent({json.dumps(self.address)}))"
            ".then(r => r.ok ? r.text() : '')",
            callback=MailboxState.receive,  # pyright: ignore[reportArgumentType]
        )

    @rx.event
    @access.public
    def receive(self, answer: str) -> None:
        """Take what the mail server told this browser; it is shown to this browser only."""
        try:
            messages = json.loads(answer)["data"][:_MOST]
            rows = [self._row(message) for message in messages]
            files = {str(message["date"]): [_file(one) for one in message["attachments"]] for message in messages}
            bodies = {str(message["date"]): _beside(str(message["html"])[:_LONGEST]) for message in messages}
        except (ValueError, KeyError, TypeError, IndexError):
            return
        self.read = True
        if rows == self.rows:
            return
        newest_was_open = not self.chosen or (bool(self.rows) and self.chosen == self.rows[0].key)
        self.rows, self._bodies, self._files = rows, bodies, files
        if rows and newest_was_open:
            self._show(rows[0].key)

    @rx.event
    @access.public
    def choose(self, key: str) -> None:
        """Open a message."""
        self._show(str(key))

    def _open(self, address: str) -> EventSpec | None:
        if address.strip().lower() != self.address:
            self.address = address.strip().lower()
            self.rows, self._bodies, self._files, self.read = [], {}, {}, False
            self.chosen = self.subject = self.body = ""
            self.files = []
        return MailboxState.refresh()  # pyright: ignore[reportCallIssue, reportReturnType]

    def _row(self, message: dict[str, Any]) -> MessageRow:
        lang = lang_of_path(self.router.url.path)
        return MessageRow(
            key=str(message["date"]),
            subject=str(message["subject"])[:200],
            date=format_moment(lang.code, datetime.fromisoformat(message["date"])),
            excerpt=" ".join(str(message["text"]).split())[:90],
        )

    def _show(self, key: str) -> None:
        row = next((row for row in self.rows if row.key == key), None)
        if row is not None:
            self.chosen, self.subject, self.body = key, row.subject, self._bodies.get(key, "")
            self.files = self._files.get(key, [])


def _file(one: dict[str, Any]) -> FileRow:
    kind = str(one["type"]).split(";", maxsplit=1)[0]
    return FileRow(str(one["name"])[:100], f"data:{kind};base64,{str(one['content'])[:_LONGEST]}")


def _beside(html: str) -> str:
    """Return a message whose links open in a tab of their own: our pages refuse to stand in a frame."""
    return html.replace("<head>", '<head><base target="_blank">', 1)
