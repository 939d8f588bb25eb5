"""The Reflex application: its pages and nothing else."""

import reflex as rx

from pygmalion_app.ui.routes import add_pages

app = rx.App()
add_pages(app)
