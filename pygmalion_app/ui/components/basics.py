"""The smallest parts: icons, buttons, links, labels, cards, lamps."""

from typing import Any, Literal, TypeAlias

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

Text: TypeAlias = str | rx.Var[str]
Number: TypeAlias = rx.vars.NumberVar[int]
Child: TypeAlias = rx.Component | rx.Var[Any] | str
Look = Literal["primary", "secondary", "ghost", "night", "danger"]
Size = Literal["sm", "md", "lg"]
Tone = Literal["ok", "warn", "bad", "info", "idle"]


def classes(*names: str | bool | None) -> str:
    """Join the class names that are set."""
    return " ".join(name for name in names if isinstance(name, str) and name)


def icon(name: str, class_name: str = "", label: str = "") -> rx.Component:
    """Return an icon of the sprite (see `tools/artwork/icons.txt`): an image with a label, else decoration."""
    meaning: dict[str, Any] = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return rx.el.svg(rx.el.svg.use(href=f"/icons.svg#{name}"), class_name=classes("pg-icon", class_name), **meaning)


def _button_class(look: Look, size: Size, block: bool, extra: str) -> str:
    return classes("pg-btn", f"pg-btn--{look}", size != "md" and f"pg-btn--{size}", block and "pg-btn--block", extra)


def button(
    *children: Child,
    look: Look = "primary",
    size: Size = "md",
    block: bool = False,
    icon_name: str = "",
    busy: bool | rx.Var[bool] = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """Return a button; while `busy` it cannot be pressed and shows a turning mark."""
    leading: list[rx.Component] = [icon(icon_name)] if icon_name else []
    if busy is not False:
        spinner = icon("loader-circle", "pg-spin")
        leading = [rx.cond(busy, spinner, *(leading or [rx.fragment()]))]
        props["disabled"] = props["disabled"] | busy if "disabled" in props else busy
    props.setdefault("type", "button")
    return rx.el.button(*leading, *children, class_name=_button_class(look, size, block, class_name), **props)


def icon_button(name: str, label: str, look: Look = "ghost", class_name: str = "", **props: Any) -> rx.Component:
    """Return a square button with an icon; the label is what a screen reader says."""
    props.setdefault("type", "button")
    return rx.el.button(
        icon(name),
        class_name=classes("pg-btn", f"pg-btn--{look}", "pg-btn--icon", class_name),
        aria_label=label,
        title=label,
        **props,
    )


def link(*children: Child, href: Text, class_name: str = "pg-link", server: bool = False, **props: Any) -> rx.Component:
    """Return a link inside the app; `server=True` for addresses that the server answers (API, files, sign-out)."""
    if server:
        return ReactRouterLink.create(*children, to=href, reload_document=True, class_name=class_name, **props)
    return ReactRouterLink.create(*children, to=href, class_name=class_name, **props)


def button_link(
    *children: Child,
    href: Text,
    look: Look = "primary",
    size: Size = "md",
    block: bool = False,
    icon_name: str = "",
    class_name: str = "",
    server: bool = False,
    **props: Any,
) -> rx.Component:
    """Return a link that looks like a button."""
    leading = [icon(icon_name)] if icon_name else []
    return link(
        *leading, *children, href=href, server=server, class_name=_button_class(look, size, block, class_name), **props
    )


def label(text: Text, class_name: str = "") -> rx.Component:
    """Return a panel label: small, engraved, in capitals."""
    return rx.el.span(text, class_name=classes("pg-label", class_name))


def card(*children: Child, pad: bool = True, raised: bool = False, class_name: str = "", **props: Any) -> rx.Component:
    """Return a card."""
    return rx.el.div(
        *children,
        class_name=classes("pg-card", pad and "pg-card--pad", raised and "pg-card--raised", class_name),
        **props,
    )


def lamp(
    text: Text, tone: Tone | rx.vars.StringVar[str] = "idle", plain: bool = False, class_name: str = ""
) -> rx.Component:
    """Return a status lamp: a colour and always its word. The tone may come from a state."""
    fixed = classes("pg-lamp", plain and "pg-lamp--plain", class_name)
    names = f"{fixed} pg-tone-{tone}" if isinstance(tone, str) else rx.Var.create(f"{fixed} pg-tone-") + tone
    return rx.el.span(text, class_name=names)


def tag(*children: Child, icon_name: str = "", class_name: str = "") -> rx.Component:
    """Return a quiet fact: a place, a language, a duration."""
    leading = [icon(icon_name, "pg-icon-sm")] if icon_name else []
    return rx.el.span(*leading, *children, class_name=classes("pg-tag", class_name))


_NOTICE_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert", "info": "info", "idle": "info"}


def notice(*children: Child, tone: Tone = "info", title: Text = "", class_name: str = "", **props: Any) -> rx.Component:
    """Return a message that stays on the page; trouble (`bad`) is announced at once."""
    head = [rx.el.p(title, class_name="font-semibold")] if not isinstance(title, str) or title else []
    return rx.el.div(
        icon(_NOTICE_ICONS[tone]),
        rx.el.div(*head, *children, class_name="min-w-0"),
        class_name=classes("pg-notice", f"pg-tone-{tone}", class_name),
        role="alert" if tone == "bad" else "status",
        **props,
    )


def money(text: Text, class_name: str = "") -> rx.Component:
    """Return an amount already written by `core.i18n.format_money`, in tabular figures."""
    return rx.el.span(text, class_name=classes("pg-figure", class_name))


def wordmark(class_name: str = "h-[30px] w-[170px]") -> rx.Component:
    """Return the wordmark in the colour of the text around it."""
    return rx.el.svg(
        rx.el.svg.use(href="/brand/brand.svg#wordmark"), class_name=class_name, role="img", aria_label="Pygmalion"
    )
