"""Tests of a learner's pages: what is due, recommended and in the calendar."""
