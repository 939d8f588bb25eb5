"""The private screens, without a browser."""
