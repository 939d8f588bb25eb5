"""Form parts: each input has its label, hint and error tied to it for screen readers."""

from typing import Any

import reflex as rx

from pygmalion_app.ui.components.basics import Child, Text, classes, icon


def _given(text: Text) -> bool:
    return not isinstance(text, str) or bool(text)


def field_error(name: str, text: Text) -> rx.Component:
    """Return the place of a field's error; an empty text shows nothing."""
    if isinstance(text, str) and not text:
        return rx.fragment()
    message = rx.el.p(
        icon("circle-alert", "pg-icon-sm mt-[3px]"),
        rx.el.span(text),
        id=f"{name}-error",
        class_name="pg-field__error",
        role="alert",
    )
    return message if isinstance(text, str) else rx.cond(text != "", message, rx.fragment())


def _frame(name: str, label: Text, control: rx.Component, hint: Text, error: Text, class_name: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="pg-field__label"),
        rx.el.p(hint, id=f"{name}-hint", class_name="pg-field__hint") if _given(hint) else rx.fragment(),
        control,
        field_error(name, error),
        class_name=classes("pg-field", class_name),
    )


def _described(name: str, hint: Text, error: Text) -> dict[str, Any]:
    said = [f"{name}-hint"] if _given(hint) else []
    props: dict[str, Any] = {}
    if _given(error):
        said.append(f"{name}-error")
        props["aria_invalid"] = "true" if isinstance(error, str) else rx.cond(error != "", "true", "false")
    return props | ({"aria_describedby": " ".join(said)} if said else {})


def field(
    name: str,
    label: Text,
    *,
    hint: Text = "",
    error: Text = "",
    class_name: str = "",
    input_class: str = "",
    **props: Any,
) -> rx.Component:
    """Return a labelled input; `props` go to the `<input>` (type, value, on_change, auto_complete, required...)."""
    props.setdefault("id", name)
    control = rx.el.input(
        name=name, class_name=classes("pg-input", input_class), **_described(name, hint, error), **props
    )
    return _frame(props["id"], label, control, hint, error, class_name)


def text_area(
    name: str, label: Text, *, hint: Text = "", error: Text = "", class_name: str = "", **props: Any
) -> rx.Component:
    """Return a labelled text of several lines."""
    control = rx.el.textarea(id=name, name=name, class_name="pg-input", **_described(name, hint, error), **props)
    return _frame(name, label, control, hint, error, class_name)


def select(
    name: str,
    label: Text,
    options: list[tuple[str, str]] | rx.Component,
    *,
    hint: Text = "",
    error: Text = "",
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """Return a labelled choice; options are (value, text) pairs, or `rx.foreach(...)` of `rx.el.option`."""
    shown = (
        options if isinstance(options, rx.Component) else [rx.el.option(text, value=value) for value, text in options]
    )
    children = [shown] if isinstance(shown, rx.Component) else shown
    control = rx.el.select(
        *children, id=name, name=name, class_name="pg-input", **_described(name, hint, error), **props
    )
    return _frame(name, label, control, hint, error, class_name)


def checkbox(*text: Child, name: str, class_name: str = "", **props: Any) -> rx.Component:
    """Return a tick box with its text; `props` go to the `<input>` (checked, on_change, value, required...)."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, **props), rx.el.span(*text), class_name=classes("pg-check", class_name)
    )


def radio(*text: Child, name: str, value: Text, class_name: str = "", **props: Any) -> rx.Component:
    """Return one option of a group; put the group in `field_set`."""
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, **props),
        rx.el.span(*text),
        class_name=classes("pg-check", class_name),
    )


def field_set(legend: Text, *children: Child, error: Text = "", name: str = "", class_name: str = "") -> rx.Component:
    """Return a group of tick boxes or options under one legend."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="pg-field__label mb-1"),
        *children,
        field_error(name or "group", error),
        class_name=classes("pg-field", class_name),
    )
