"""Payments and the gateway's events."""
