"""A survey's one page, for whoever has the link of the mail."""

from typing import Any

import reflex as rx
from pydantic import ValidationError

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import surveys
from pygmalion_app.reports.survey_models import SurveyKind
from pygmalion_app.reports.surveys import AnswerSurvey
from pygmalion_app.ui import access
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.enrollments.wording import days_of, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path, last_part
from pygmalion_app.ui.layouts import public_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

_MARKS = ("overall", "content", "trainer", "practice", "recommend")


class SurveyState(rx.State):
    """The question behind the link. `phase`: loading, hot, cold, done, missing."""

    phase: rx.Field[str] = rx.field("loading")
    greeting: rx.Field[str] = rx.field("")
    course: rx.Field[str] = rx.field("")
    about: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")

    @rx.event
    @access.public
    async def load(self) -> None:
        """Read what is asked."""
        path = self.router.url.path
        lang = lang_of_path(path)
        self.phase, self.problem = "loading", ""
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await surveys.opened(uow, last_part(path))
        except PygmalionError:
            self.phase = "missing"
            return
        self.greeting = lang("survey-hello", name=found.first_name)
        self.course = title_of(lang, found.course_title, found.course_title_en)
        days = days_of(lang, found.starts_at, found.ends_at, found.time_zone)
        self.about = f"{found.organization_name} · {days}"
        self.phase = "done" if found.answered else found.kind

    @rx.event
    @access.public
    async def answer(self, form: dict[str, Any]) -> None:
        """Keep the answer."""
        path = self.router.url.path
        lang = lang_of_path(path)
        marks = {name: value for name in _MARKS if (value := text_of(form, name, 2))}
        try:
            command = AnswerSurvey.model_validate(marks | {"comment": text_of(form, "comment", 2_000)})
            async with unit_of_work(await actor_of(self)) as uow:
                await surveys.answer(uow, last_part(path), command)
        except ValidationError:
            self.problem = lang("survey-incomplete")
            return
        except PygmalionError as error:
            self.problem = error_text(lang.code, error)
            return
        self.phase = "done"


@page("survey", title="survey-title", on_load=SurveyState.load)
def survey_page(lang: Lang) -> rx.Component:
    """Return the page."""
    card = ui.card(
        rx.match(
            SurveyState.phase,
            (SurveyKind.HOT.value, _form(lang, SurveyKind.HOT)),
            (SurveyKind.COLD.value, _form(lang, SurveyKind.COLD)),
            ("done", ui.empty_state(lang("survey-done"), lang("survey-done-text"))),
            ("missing", ui.empty_state(lang("survey-missing"), lang("survey-missing-text"))),
            waiting(lang, ui.skeleton_rows(2)),
        ),
        raised=True,
    )
    body = rx.el.div(card, class_name="pg-wrap max-w-[640px]! py-10")
    return public_layout(lang, "survey", body, ready=SurveyState.phase != "loading")


def _form(lang: Lang, kind: SurveyKind) -> rx.Component:
    asked = ("overall", "content", "trainer" if kind is SurveyKind.HOT else "practice")
    return rx.el.form(
        rx.el.div(
            rx.el.p(SurveyState.about, class_name="text-sm text-ink-3"),
            rx.el.h1(SurveyState.course, class_name="text-2xl mt-1"),
            rx.el.p(SurveyState.greeting, " ", lang(f"survey-lead-{kind.value}"), class_name="text-ink-2 mt-2"),
        ),
        *[_scale(lang, name, range(1, 6), "survey-worst", "survey-best") for name in asked],
        _scale(lang, "recommend", range(11), "survey-never", "survey-surely"),
        ui.text_area("comment", lang("survey-comment"), rows="4", max_length=2_000),
        rx.cond(SurveyState.problem != "", ui.notice(SurveyState.problem, tone="bad")),
        rx.el.div(ui.button(lang("survey-send"), type="submit"), class_name="flex justify-end"),
        on_submit=SurveyState.answer,
        class_name="grid gap-6",
    )


def _scale(lang: Lang, name: str, marks: range, least: str, most: str) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(lang(f"survey-{name}"), class_name="font-semibold mb-2"),
        rx.el.div(
            *[
                rx.el.label(
                    rx.el.input(type="radio", name=name, value=str(mark), required=True, class_name="sr-only"),
                    rx.el.span(str(mark)),
                )
                for mark in marks
            ],
            class_name="pg-scale",
        ),
        rx.el.p(
            rx.el.span(lang(least)), rx.el.span(lang(most)), class_name="flex justify-between text-sm text-ink-3 mt-1"
        ),
        class_name="border-0 min-w-0",
    )
