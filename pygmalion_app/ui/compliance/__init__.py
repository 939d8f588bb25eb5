"""The manager's screens of compliance: instruments, matrix, rules."""
