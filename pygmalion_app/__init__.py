"""Pygmalion: a marketplace for aviation training."""
