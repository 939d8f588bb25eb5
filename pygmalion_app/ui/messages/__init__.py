"""Messages: one's threads, and the one in view, live."""
