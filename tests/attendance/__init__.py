"""Attendance by half-day."""
