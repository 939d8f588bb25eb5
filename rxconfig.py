"""Reflex's own configuration file; everything that depends on its internals is in `serving/reflex_glue.py`."""

from pygmalion_app.serving.reflex_glue import reflex_config

config = reflex_config()
