"""The course editor: the form, and beside it what stands between the course and the catalogue."""

from typing import Any

import reflex as rx

from pygmalion_app.catalog.models import BpfObjective, Category, Modality
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Child, Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.sessions.course_forms import NSF
from pygmalion_app.ui.sessions.courses_state import OwnCoursesState
from pygmalion_app.ui.sessions.editor_state import CheckRow, CourseEditorState, TypeRow

State = CourseEditorState
FORM = "course-editor"
LIST = "course-checks"
_TO_THE_LIST = rx.call_script(f"document.getElementById({LIST!r})?.scrollIntoView()")


def course_editor(lang: Lang) -> rx.Component:
    """Return the editor."""
    back = ui.button(lang("editor-back"), look="ghost", icon_name="arrow-left", on_click=State.leave)
    return rx.el.div(
        rx.el.div(back),
        ui.page_head(State.heading, lang("editor-lead"), class_name="mb-0!"),
        rx.cond(State.archived, ui.notice(lang("editor-archived"), tone="info")),
        # On a phone the list lies below the form.
        rx.el.div(
            ui.lamp(State.verdict, State.verdict_tone),
            rx.el.button(lang("checks-see"), type="button", class_name="pg-link text-sm", on_click=_TO_THE_LIST),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-2 lg:hidden",
        ),
        rx.el.div(
            _form(lang),
            _list(lang),
            class_name="grid gap-6 items-start lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]",
        ),
        class_name="grid gap-6",
    )


def _form(lang: Lang) -> rx.Component:
    return rx.el.form(
        rx.cond(State.form_error != "", ui.notice(State.form_error, tone="bad")),
        _card(lang("editor-what"), *_what(lang)),
        _card(lang("editor-rules"), *_rules(lang)),
        _card(lang("editor-public"), *_public(lang)),
        _english(lang),
        rx.el.div(
            ui.button(
                rx.cond(State.draft, lang("courses-save-draft"), lang("save")),
                type="submit",
                look="secondary",
                disabled=State.archived,
            ),
            class_name="flex justify-end",
        ),
        on_submit=State.save,
        no_validate=True,
        id=FORM,
        # Other values than those typed (a type's rule, what was kept) are shown by new inputs.
        key=f"{FORM}-{State.version}",
        class_name="grid gap-6 min-w-0",
    )


def _card(title: Text, *children: Child) -> rx.Component:
    return ui.card(rx.el.h2(title, class_name="text-lg mb-5"), rx.el.div(*children, class_name="grid gap-5"))


def _what(lang: Lang) -> list[rx.Component]:
    modalities = [
        ui.checkbox(
            lang(f"modality-{one.value}"),
            name=f"modality-{one.value}",
            id=f"modality-{one.value}",
            default_checked=State.values.get(f"modality-{one.value}", "") != "",
            on_change=State.tick(f"modality-{one.value}"),  # pyright: ignore[reportCallIssue]
        )
        for one in Modality
    ]
    return [
        _field(lang, "title", max_length=200),
        _area(lang, "description", rows="6"),
        _area(lang, "objectives", rows="5", hint=lang("editor-objectives-hint")),
        _area(lang, "prerequisites", rows="2", hint=lang("editor-prerequisites-hint")),
        ui.field_set(
            lang("courses-field-modality"),
            rx.el.div(*modalities, class_name="flex flex-wrap gap-x-6 gap-y-2"),
            error=State.errors.get("modality-PRESENTIEL", ""),
            name="modality",
        ),
        _row(
            _field(lang, "hours", input_mode="numeric", max_length=4),
            _field(lang, "minutes", input_mode="numeric", max_length=2),
            _field(lang, "price", input_mode="decimal", max_length=12),
        ),
        _area(lang, "bring", rows="2"),
    ]


def _rules(lang: Lang) -> list[rx.Component]:
    def kind(row: TypeRow) -> rx.Component:
        return rx.el.option(row.title, value=row.code)

    return [
        ui.select(
            "type_code",
            lang("courses-field-type-code"),
            rx.fragment(rx.el.option(lang("editor-no-type"), value=""), rx.foreach(State.types, kind)),
            hint=lang("editor-type-hint"),
            error=State.errors.get("type_code", ""),
            default_value=State.values.get("type_code", ""),
            on_change=State.choose_type,
        ),
        _field(lang, "legal_basis", max_length=300),
        _row(
            _select(lang, "category", [(one.value, lang(f"category-{one.value}")) for one in Category]),
            _field(lang, "validity_months", input_mode="numeric", max_length=3),
            _select(lang, "language", [("fr", lang("language-fr")), ("en", lang("language-en"))]),
        ),
    ]


def _public(lang: Lang) -> list[rx.Component]:
    objectives = [
        (one.value, lang(f"bpf-objective-{one.value or 'unsaid'}"))
        for one in (BpfObjective.UNSAID, *[one for one in BpfObjective if one.value])
    ]
    return [
        rx.el.p(lang("editor-public-text"), class_name="text-sm text-ink-2"),
        _area(lang, "methods", rows="3"),
        _area(lang, "evaluation", rows="2"),
        _area(lang, "accessibility", rows="2", hint=lang("editor-accessibility-hint")),
        _row(
            _select(lang, "nsf_code", [(code, lang(f"nsf-{code or 'unsaid'}")) for code in ("", *NSF[:-1])]),
            _select(lang, "bpf_objective", objectives),
        ),
    ]


def _english(lang: Lang) -> rx.Component:
    return rx.el.details(
        rx.el.summary(lang("editor-english"), class_name="pg-card pg-card--pad font-semibold cursor-pointer"),
        rx.el.div(
            _field(lang, "title_en", max_length=200, custom_attrs={"lang": "en"}),
            *[
                _area(lang, f"{name}_en", rows="3", lang_code="en")
                for name in ("description", "objectives", "prerequisites", "methods", "evaluation", "accessibility")
            ],
            class_name="pg-card pg-card--pad grid gap-5 mt-2",
        ),
    )


def _row(*fields: rx.Component) -> rx.Component:
    return rx.el.div(*fields, class_name=f"grid gap-5 sm:grid-cols-{len(fields)} items-end")


def _label(lang: Lang, name: str) -> str:
    return lang(f"courses-field-{name}".replace("_", "-"))


def _field(lang: Lang, name: str, **props: Any) -> rx.Component:
    return ui.field(
        name,
        _label(lang, name),
        error=State.errors.get(name, ""),
        default_value=State.values.get(name, ""),
        on_blur=State.note(name),  # pyright: ignore[reportCallIssue]
        auto_complete="off",
        **props,
    )


def _area(lang: Lang, name: str, rows: str, hint: Text = "", lang_code: str = "") -> rx.Component:
    return ui.text_area(
        name,
        _label(lang, name),
        hint=hint,
        error=State.errors.get(name, ""),
        default_value=State.values.get(name, ""),
        on_blur=State.note(name),  # pyright: ignore[reportCallIssue]
        rows=rows,
        **({"lang": lang_code} if lang_code else {}),
    )


def _select(lang: Lang, name: str, options: list[tuple[str, str]]) -> rx.Component:
    return ui.select(
        name,
        _label(lang, name),
        options,
        error=State.errors.get(name, ""),
        default_value=State.values.get(name, ""),
        on_change=State.note(name),  # pyright: ignore[reportCallIssue]
    )


def _list(lang: Lang) -> rx.Component:
    publish = ui.button(
        lang("courses-publish"), icon_name="send", block=True, disabled=State.faults > 0, on_click=State.publish
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("checks-title"), class_name="text-lg"),
            rx.el.div(ui.lamp(State.verdict, State.verdict_tone), role="status"),
            class_name="flex flex-wrap items-center justify-between gap-x-4 gap-y-2",
        ),
        rx.cond(
            State.wrong.length() > 0,
            rx.el.ul(rx.foreach(State.wrong, lambda row: _wrong(lang, row)), class_name="pg-tasks mt-3"),
        ),
        rx.cond(State.draft, rx.el.div(publish, class_name="mt-5")),
        rx.el.details(
            rx.el.summary(
                lang("checks-fine-items"),
                " · ",
                State.fine.length(),
                class_name="text-sm text-ink-2 cursor-pointer",
            ),
            rx.el.ul(
                rx.foreach(
                    State.fine,
                    lambda row: rx.el.li(ui.icon("circle-check", "text-ok"), row.name, class_name="flex gap-2 py-1"),
                ),
                class_name="mt-2",
            ),
            class_name="mt-5",
        ),
        id=LIST,
        class_name="pg-panel lg:sticky lg:top-6",
        aria_label=lang("checks-title"),
    )


def _wrong(lang: Lang, row: CheckRow) -> rx.Component:
    # The field may lie in the folded English part.
    focus = rx.call_script(
        "{const field = document.getElementById('" + row.target + "'); const fold = field?.closest('details');"
        " if (fold) fold.open = true; field?.focus(); field?.scrollIntoView({block: 'center'});}"
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(rx.el.span(row.name, class_name="font-semibold"), class_name="flex-1"),
            ui.lamp(row.word, row.tone),
            class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
        ),
        rx.el.p(row.text, class_name="text-sm text-ink-2"),
        rx.cond(
            row.href != "",
            ui.link(lang("checks-go"), href=row.href, class_name="pg-link text-sm"),
            rx.cond(
                row.plans,
                rx.cond(
                    State.course != "",
                    rx.el.button(
                        lang("courses-plan"),
                        type="button",
                        class_name="pg-link text-sm",
                        on_click=OwnCoursesState.begin_session(State.course),
                    ),
                ),
                rx.cond(
                    row.target != "",
                    rx.el.button(lang("checks-mend"), type="button", class_name="pg-link text-sm", on_click=focus),
                ),
            ),
        ),
        class_name="py-3 grid gap-1 justify-items-start",
    )
