"""Enrolling, orders, and a learner's own training."""
