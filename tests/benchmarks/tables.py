"""Plain tables: what was measured, beside which limit, against which goal."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on a figure; `at_least` or `at_most`, in the figure's own unit."""

    what: str
    value: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool:
        """Whether the figure keeps the bound."""
        low = self.at_least is None or self.value >= self.at_least
        return low and (self.at_most is None or self.value <= self.at_most)

    def __str__(self) -> str:
        """Return the bound and the verdict."""
        sign, bound = ("≤", self.at_most) if self.at_least is None else ("≥", self.at_least)
        sign = "=" if self.at_least == self.at_most else sign
        return f"{self.what} {sign} {bound:g}: {'met' if self.met else f'MISSED ({self.value:.3g})'}"


@dataclass(slots=True)
class Table:
    """Rows of one measurement; `notes` say how it was made."""

    name: str
    title: str
    columns: Sequence[str]
    notes: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    goals: list[list[Goal]] = field(default_factory=list)

    def add(self, *cells: Cell, goals: Sequence[Goal] = ()) -> None:
        """Append a row."""
        self.rows.append(list(cells))
        self.goals.append(list(goals))

    def text(self) -> str:
        """Return the table for a terminal."""
        grid = self._grid()
        widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
        lines = [_line(row, widths) for row in grid]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join([f"\n{self.title}", *(f"  {note}" for note in self.notes), "", *lines])

    def markdown(self) -> str:
        """Return the table for a document."""
        head, *rows = self._grid()
        lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
        return "\n".join(
            [f"## {self.title}", "", *(f"{note}  " for note in self.notes), "", *(f"| {one} |" for one in lines), ""]
        )

    def _grid(self) -> list[list[str]]:
        body = [
            [*map(_shown, row), "; ".join(map(str, goals))] for row, goals in zip(self.rows, self.goals, strict=True)
        ]
        return [[*self.columns, "goals"], *body]


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    middle = [text.rjust(width) for text, width in rest[:-1]]
    return "  ".join([first[0].ljust(first[1]), *middle, rest[-1][0]]).rstrip()


def machine() -> str:
    """Return what the figures were measured on."""
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, load before {load:.1f}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


def write(tables: Sequence[Table], folder: Path, context: str) -> Path:
    """Write the tables as Markdown and JSON, named by the moment; return the Markdown's path."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    base = folder / f"{now:%Y%m%d-%H%M%S}-{'-'.join(table.name for table in tables[:4])}"
    text = "\n".join(
        [f"# Benchmarks, {now:%Y-%m-%d %H:%M} UTC", "", context, "", *(table.markdown() for table in tables)]
    )
    base.with_suffix(".md").write_text(text)
    content = {
        "measured_at": now.isoformat(),
        "machine": context,
        "tables": [
            {
                **asdict(table),
                "goals": [[{**asdict(goal), "met": goal.met} for goal in goals] for goals in table.goals],
            }
            for table in tables
        ],
    }
    base.with_suffix(".json").write_text(json.dumps(content, indent=1, default=str))
    return base.with_suffix(".md")
