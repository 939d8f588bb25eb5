"""Demonstration data: plausible organisations, courses, sessions and people, loaded once and kept fresh.

`python -m pygmalion_app.demo` loads it; `pygmalion_app.demo.accounts` lists who may sign in.
"""
