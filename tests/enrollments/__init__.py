"""Tests of the enrollments."""
