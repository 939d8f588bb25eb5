"""Disputed payments: the administrators' page, and what a training organisation sees of its own."""
