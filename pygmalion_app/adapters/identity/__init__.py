"""Organisations' own identity providers."""
