"""Demonstration data: plausible organisations, courses, sessions and people, loaded once and kept fresh.

`python -m pygmalion_app.demo` loads it; `pygmalion_app.demo.loader.load` does so from code.
"""

from pygmalion_app.demo.accounts import ACCOUNTS as DEMO_ACCOUNTS
from pygmalion_app.demo.accounts import PASSWORD as DEMO_PASSWORD

__all__ = ["DEMO_ACCOUNTS", "DEMO_PASSWORD"]
