"""A learner's own pages: what is due, what is recommended and why, and the calendar."""
