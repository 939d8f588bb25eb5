"""What goes to the pages is written as Reflex itself would write it."""

import json
from dataclasses import dataclass, field
from enum import StrEnum

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.event import Event
from reflex_base.utils.format import json_dumps

from pygmalion_app.serving.reflex_glue import as_json


class Tone(StrEnum):
    """A word."""

    OK = "ok"


@dataclass
class Line:
    """A row with rows of its own."""

    text: str = "été « 2026 » \u2028 </script>"
    count: int = 3
    tone: Tone = Tone.OK
    parts: list[str] = field(default_factory=lambda: ["a", "b"])
    below: list["Line"] = field(default_factory=list["Line"])


def test_updates_are_written_as_reflex_writes_them() -> None:
    delta = {
        "state.sub": {
            "rows": [Line(below=[Line()])],
            "by_name": {"x": 1, "y": None},
            "numbers": {2: "two"},
            "some": {"one"},
            "pair": ("a", 1.5, True),
        }
    }
    events = Event.from_event_type(rx.redirect("/fr/formations?q=sûreté"))
    for update in (StateUpdate(delta=delta, events=events), StateUpdate(delta=delta), StateUpdate()):
        packet = ["event", update]
        assert json.loads(as_json(packet, (",", ":"))) == json.loads(json_dumps(packet))
