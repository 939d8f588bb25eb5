"""The manager's first page."""
