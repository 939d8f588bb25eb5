"""Orders of seats, enrolments, validation."""
