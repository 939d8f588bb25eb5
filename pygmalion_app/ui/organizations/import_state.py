"""Inviting people by a file: the browser sends it to the server twice, to be looked at and to be taken.

The file never passes through this state; what comes back is shown to whoever sent it, and to nobody else.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission, Role
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import imports, policy, queries
from pygmalion_app.organizations.import_csv import MOST_LINES
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

FILE_INPUT = "people-file"
MANAGE = Permission.MEMBER_MANAGE
_CODES = frozenset(
    {
        "email", "email_missing", "role", "formula", "too_long", "not_plain", "extra_cells", "empty", "no_heading",
        "unknown_column", "repeated_column", "not_text", "unreadable", "too_large", "too_many_lines",
    }
)  # fmt: skip
_COLUMNS = frozenset({"email", "firstName", "lastName", "role", "jobRole"})
_SEND = """
(async () => {
  const file = document.getElementById(%(input)s)?.files[0];
  if (!file) return {code: "none"};
  if (file.size > 1000000) return {code: "too_large", name: file.name};
  try {
    const answer = await fetch(%(url)s, {method: "POST", body: file, headers:
      {"Content-Type": "text/csv", "Accept-Language": %(locale)s, "x-pygmalion-page": "1"}});
    const body = await answer.json();
    return {status: answer.status, name: file.name, data: body.data, detail: body.detail};
  } catch { return {code: "network", name: file.name}; }
})()
"""


@dataclass
class FaultRow:
    """What is wrong where."""

    line: str
    column: str
    text: str


@dataclass
class PersonRow:
    """Somebody who would be invited."""

    email: str
    name: str
    role: str
    job: str


class ImportState(rx.State):
    """The file that is being looked at, and how far its mails are."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    name: rx.Field[str] = rx.field("")
    roles: rx.Field[str] = rx.field("")
    phase: rx.Field[str] = rx.field("choose")
    """choose, looking, faults, ready, taking, done."""
    file: rx.Field[str] = rx.field("")
    error: rx.Field[str] = rx.field("")
    lines: rx.Field[int] = rx.field(0)
    to_invite: rx.Field[int] = rx.field(0)
    members: rx.Field[int] = rx.field(0)
    invited: rx.Field[int] = rx.field(0)
    repeated: rx.Field[int] = rx.field(0)
    fault_count: rx.Field[int] = rx.field(0)
    faults: rx.Field[list[FaultRow]] = rx.field(default_factory=list)
    sample: rx.Field[list[PersonRow]] = rx.field(default_factory=list)
    sent: rx.Field[int] = rx.field(0)
    total: rx.Field[int] = rx.field(0)
    attempt: rx.Field[int] = rx.field(0)
    """Counts the files; the input starts afresh with it."""

    _batch: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Begin with no file."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, MANAGE)
        self.organization = str(found or "")
        self._begin()
        if found is not None:
            lang = self._lang()
            async with unit_of_work(actor) as uow:
                organization = await queries.settings_of(uow, found)
            offered = policy.ROLES[OrganizationKind(organization.kind)]
            self.name = organization.name
            self.roles = ", ".join(f"{role} ({lang(f'role-{role}')})" for role in offered)
        self.loaded = True

    @rx.event
    @access.requires(MANAGE)
    def look(self) -> EventSpec | None:
        """Have the browser send the chosen file to be looked at."""
        self.phase, self.error, self.faults, self.sample = "looking", "", [], []
        return self._send(ImportState.looked, confirm=False)

    @rx.event
    @access.requires(MANAGE)
    def looked(self, answer: dict[str, Any]) -> None:
        """Show what the server found in the file."""
        data = self._data(answer)
        if data is None:
            return
        self.lines, self.to_invite = _number(data, "lines"), _number(data, "toInvite")
        self.members, self.invited = _number(data, "alreadyMembers"), _number(data, "alreadyInvited")
        self.repeated, self.fault_count = _number(data, "repeated"), _number(data, "faultCount")
        lang = self._lang()
        self.faults = [_fault(lang, entry) for entry in _entries(data, "faults")]
        self.sample = [_person(lang, entry) for entry in _entries(data, "sample")]
        self.phase = "faults" if self.fault_count else "ready"

    @rx.event
    @access.requires(MANAGE)
    def take(self) -> EventSpec | None:
        """Have the browser send the same file to be taken."""
        if self.phase != "ready":
            return None
        self.phase = "taking"
        return self._send(ImportState.taken, confirm=True)

    @rx.event
    @access.requires(MANAGE)
    async def taken(self, answer: dict[str, Any]) -> EventSpec | None:
        """Follow the mails of the file that was taken."""
        data = self._data(answer)
        if data is None:
            return None
        self._batch = str(data.get("batchId", ""))[:40]
        self.total, self.sent, self.phase = _number(data, "invited"), 0, "done"
        await self.follow()
        return toasts.ok(self._lang()("import-taken", count=self.total))

    @rx.event
    @access.requires(MANAGE)
    async def follow(self) -> None:
        """Count the mails that are written."""
        organization_id, batch_id = parse_id(self.organization), parse_id(self._batch)
        if organization_id is None or batch_id is None:
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                seen = await imports.progress(uow, organization_id, batch_id)
        except PygmalionError:
            return
        self.sent, self.total = seen.sent, seen.total

    @rx.event
    @access.requires(MANAGE)
    def restart(self) -> None:
        """Choose another file."""
        self._begin()

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _begin(self) -> None:
        self.phase, self.file, self.error, self._batch = "choose", "", "", ""
        self.faults, self.sample, self.attempt = [], [], self.attempt + 1
        self.sent = self.total = 0

    def _send(self, then: Any, *, confirm: bool) -> EventSpec | None:
        organization_id = parse_id(self.organization)
        if organization_id is None:
            return None
        script = _SEND % {
            "input": json.dumps(FILE_INPUT),
            "url": json.dumps(_url(organization_id, confirm=confirm)),
            "locale": json.dumps(self._lang().code),
        }
        return rx.call_script(script, callback=then)

    def _data(self, answer: object) -> Mapping[str, Any] | None:
        """Return the server's answer; without one, say why and offer another file."""
        lang = self._lang()
        told = answer if isinstance(answer, dict) else {}
        self.file = str(told.get("name", ""))[:120]
        data = told.get("data")
        if told.get("status") == 200 and isinstance(data, dict):  # noqa: PLR2004 - the HTTP status
            return data
        code = told.get("code")
        if code == "none":
            self._begin()
            return None
        self.phase, self.attempt = "choose", self.attempt + 1
        detail = told.get("detail")
        known = {"too_large": "import-fault-too_large", "network": "import-network"}
        self.error = str(detail)[:300] if detail else lang(known.get(str(code), "import-network"))
        return None


def _url(organization_id: UUID, *, confirm: bool) -> str:
    return f"/organisation/{organization_id}/import?confirm={str(confirm).lower()}"


def _number(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name)
    return value if isinstance(value, int) and 0 <= value <= MOST_LINES + 2 else 0


def _entries(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    entries = data.get(name)
    listed: list[Any] = entries if isinstance(entries, list) else []
    return [dict(entry) for entry in listed if isinstance(entry, dict)][: imports.MOST_FAULTS]


def _fault(lang: Lang, entry: Mapping[str, Any]) -> FaultRow:
    column, code = str(entry.get("column", "")), str(entry.get("code", ""))
    return FaultRow(
        line=str(_number(entry, "line") or ""),
        column=lang(f"import-column-{column}") if column in _COLUMNS else "",
        text=lang(f"import-fault-{code}", detail=str(entry.get("detail", ""))[:120]) if code in _CODES else "",
    )


def _person(lang: Lang, entry: Mapping[str, Any]) -> PersonRow:
    role = str(entry.get("role", ""))
    return PersonRow(
        email=str(entry.get("email", ""))[:254],
        name=f"{entry.get('firstName', '')} {entry.get('lastName', '')}".strip()[:170],
        role=lang(f"role-{role}") if role in set(Role) else "",
        job=str(entry.get("jobRole", ""))[:80],
    )
