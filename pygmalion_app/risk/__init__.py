"""Signals that a sign-in or an order may be somebody else's than it says, for a person to look at."""
