"""Courses: what training organisations offer."""
