"""The Reflex application itself."""

import reflex as rx

from pygmalion_app.ui.shell import Pages


def test_parameters_of_addresses_are_no_state_of_every_page() -> None:
    app = Pages()
    app.add_page(rx.el.div("one"), route="/nowhere/[parameter_of_nowhere]", title="Nowhere")
    assert app.router("/nowhere/else") == "nowhere/[parameter_of_nowhere]"
    assert "parameter_of_nowhere" not in rx.State.vars
