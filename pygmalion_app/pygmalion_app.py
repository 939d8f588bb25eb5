"""The Reflex application: its pages and nothing else."""

from pygmalion_app.ui.shell import create_app

app = create_app()
