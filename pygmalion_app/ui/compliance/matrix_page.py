"""The matrix: the team's people and what each must hold, as a table on a desk and as a list on a phone."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.compliance.cell_panel import cell_panel
from pygmalion_app.ui.compliance.cell_state import CellState
from pygmalion_app.ui.compliance.instruments import sign, style
from pygmalion_app.ui.compliance.matrix_rows import ColumnRow, CountRow, PersonRow, TallyRow
from pygmalion_app.ui.compliance.matrix_state import TYPED_MOST, MatrixState
from pygmalion_app.ui.compliance.wording import CODES
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import section_layout
from pygmalion_app.ui.layouts.sections import TEAM
from pygmalion_app.ui.routes import page

TYPING_PAUSE_MS = 250
ROW_HEIGHT = 52
# What the browser knows when the script asks: which rows are wanted, and which cell was opened.
_FRAME = "document.querySelector('[data-matrix]')"
_WANTED = rx.Var(f"Number({_FRAME}.dataset.wanted)").to(int)
_MEMBER = rx.Var(f"{_FRAME}.dataset.member").to(str)
_KEY = rx.Var(f"{_FRAME}.dataset.key").to(str)


@page("team-matrix", title="matrix-title", on_load=MatrixState.load)
def matrix_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "team-matrix",
        TEAM,
        (lang("matrix-title"), lang("matrix-lead")),
        rx.cond(
            MatrixState.organization != "",
            rx.el.div(_filters(lang), _counts(lang), _what_if(lang), _people(lang), class_name="grid gap-4 min-w-0"),
            ui.card(ui.empty_state(lang("team-none"), lang("team-none-text"))),
        ),
        cell_panel(lang),
        loaded=MatrixState.loaded,
    )


def _filters(lang: Lang) -> rx.Component:
    def option(entry: Any) -> rx.Component:
        return rx.el.option(entry[1], value=entry[0])

    return rx.el.div(
        ui.field(
            "matrix-q",
            lang("matrix-search"),
            type="search",
            default_value=MatrixState.q,
            key=MatrixState.version.to_string(),
            max_length=TYPED_MOST,
            auto_complete="off",
            on_change=MatrixState.search.debounce(TYPING_PAUSE_MS),
            class_name="pg-wide",
        ),
        *[
            ui.select(
                f"matrix-{name}",
                lang(f"matrix-{name}"),
                rx.fragment(rx.el.option(lang("filter-any"), value=""), rx.foreach(options, option)),
                value=value,
                on_change=lambda chosen, name=name: MatrixState.choose(name, chosen),
            )
            for name, options, value in (
                ("role", MatrixState.roles, MatrixState.role),
                ("site", MatrixState.sites, MatrixState.site),
            )
        ],
        *[
            ui.field(
                f"matrix-{name}",
                lang(f"matrix-{name}"),
                type="date",
                value=value,
                on_change=lambda chosen, name=name: MatrixState.choose(name, chosen),
            )
            for name, value in (("before", MatrixState.before), ("on", MatrixState.on))
        ],
        class_name="pg-mx-filters",
    )


def _counts(lang: Lang) -> rx.Component:
    def one(row: CountRow) -> rx.Component:
        return rx.el.button(
            rx.cond(row.code != "", sign(row.code)),
            row.word,
            rx.el.b(row.count),
            type="button",
            class_name="pg-chip",
            aria_pressed=rx.cond(MatrixState.status == row.status, "true", "false"),
            on_click=MatrixState.choose("status", row.status),
        )

    return rx.el.div(
        rx.el.div(
            rx.foreach(MatrixState.counts, one), class_name="pg-chips", role="group", aria_label=lang("matrix-status")
        ),
        rx.el.p(
            MatrixState.summary,
            rx.cond(
                MatrixState.filtered,
                ui.button(lang("matrix-clear"), look="ghost", size="sm", icon_name="x", on_click=MatrixState.clear),
            ),
            class_name="text-[15px] text-ink-2",
            role="status",
        ),
        class_name="flex flex-wrap items-center justify-between gap-3",
    )


def _what_if(lang: Lang) -> rx.Component:
    return rx.cond(
        MatrixState.what_if != "",
        ui.notice(
            rx.el.p(lang("matrix-what-if-text"), class_name="text-[15px]"),
            ui.button(
                lang("matrix-today"),
                look="secondary",
                size="sm",
                class_name="mt-2",
                on_click=MatrixState.choose("on", ""),
            ),
            title=MatrixState.what_if,
            tone="info",
        ),
    )


def _people(lang: Lang) -> rx.Component:
    return rx.cond(
        MatrixState.total > 0,
        rx.cond(MatrixState.narrow, _list(lang), _table(lang)),
        ui.card(
            rx.cond(
                MatrixState.filtered,
                ui.empty_state(
                    lang("matrix-nobody"),
                    lang("matrix-nobody-text"),
                    ui.button(lang("matrix-clear"), look="secondary", on_click=MatrixState.clear),
                ),
                ui.empty_state(
                    lang("matrix-empty"),
                    lang("matrix-empty-text"),
                    ui.button_link(lang("tab-team-rules"), href=lang.path("team-rules"), look="secondary"),
                ),
            )
        ),
    )


def _table(lang: Lang) -> rx.Component:
    words = rx.Var.create({code: lang(f"compliance-short-{name}") for code, name in CODES.items()})

    def head(column: ColumnRow) -> rx.Component:
        return rx.el.th(
            rx.el.span(column.title, class_name="pg-mx__title"),
            rx.el.span(column.rate, class_name="pg-mx__rate"),
            scope="col",
            title=column.full,
        )

    def cell(text: Any, number: Any) -> rx.Component:
        code, day = text.split("|")[0], text.split("|")[1]
        return rx.el.td(
            rx.cond(
                code == "n",
                rx.el.span(lang("compliance-short-none"), class_name="sr-only"),
                rx.fragment(
                    rx.el.span(words[code], class_name="pg-mx__word"), rx.el.span(day, class_name="pg-mx__day")
                ),
            ),
            class_name=rx.Var.create("pg-s-") + code,
            tab_index=-1,
            custom_attrs={"data-column": number + 1, "data-key": MatrixState.keys[number]},
        )

    def row(person: PersonRow) -> rx.Component:
        return rx.el.tr(
            rx.el.th(
                rx.el.span(person.name),
                rx.el.small(person.place),
                scope="row",
                tab_index=-1,
                custom_attrs={"data-column": 0},
            ),
            rx.foreach(person.cells, cell),
            key=person.id,
            custom_attrs={"data-row": person.number, "data-member": person.id, "aria-rowindex": person.number + 2},
        )

    return rx.el.div(
        rx.el.table(
            rx.el.caption(lang("matrix-title"), class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(lang("matrix-person"), scope="col"),
                    rx.foreach(MatrixState.columns, head),
                    custom_attrs={"aria-rowindex": 1},
                )
            ),
            rx.el.tbody(_gap(MatrixState.first), rx.foreach(MatrixState.rows, row), _gap(MatrixState.below)),
            class_name="pg-mx",
            role="grid",
            custom_attrs={"aria-rowcount": MatrixState.total + 1},
        ),
        _hidden("look", MatrixState.look(_WANTED)),
        _hidden("open", CellState.open(_MEMBER, _KEY)),
        class_name="pg-mx-frame",
        tab_index=0,
        role="region",
        aria_label=lang("matrix-keys"),
        custom_attrs={
            "data-matrix": "1",
            "data-total": MatrixState.total,
            "data-first": MatrixState.first,
            "data-count": MatrixState.rows.length(),
            "data-columns": MatrixState.columns.length(),
        },
    )


def _hidden(name: str, handler: Any) -> rx.Component:
    """Return a button that `assets/matrix.js` presses."""
    return rx.el.button(
        hidden=True, type="button", tab_index=-1, on_click=handler, custom_attrs={f"data-matrix-{name}": "1"}
    )


def _gap(rows: Any) -> rx.Component:
    """Return the room of the rows that are not here."""
    return rx.cond(
        rows > 0,
        rx.el.tr(
            rx.el.td(
                custom_attrs={"colSpan": MatrixState.columns.length() + 1}
                | style(height=(rows * ROW_HEIGHT).to_string() + "px")
            ),
            class_name="pg-mx__gap",
            aria_hidden="true",
        ),
    )


def _list(lang: Lang) -> rx.Component:
    def tally(row: TallyRow) -> rx.Component:
        return rx.el.span(sign(row.code), row.text)

    def one(person: PersonRow) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.span(person.name, class_name="font-semibold"),
                rx.el.span(person.place, class_name="text-sm text-ink-3"),
                rx.el.span(rx.foreach(person.tallies, tally), class_name="pg-tally"),
                type="button",
                on_click=CellState.open(person.id, ""),
            )
        )

    return rx.el.div(
        rx.el.ul(rx.foreach(MatrixState.rows, one), class_name="pg-crew"),
        rx.cond(
            MatrixState.pages > 1,
            ui.pagination(lang, MatrixState.page, MatrixState.pages, MatrixState.numbers, MatrixState.turn),
        ),
        class_name="grid gap-6",
    )
