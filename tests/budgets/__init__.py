"""Budgets, booking for a team, requests."""
