"""Dated sessions of courses."""
