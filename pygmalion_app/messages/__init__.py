"""Threads of messages: one on each enrolment (learner, buyer, school), one on each session (who takes part, school)."""
