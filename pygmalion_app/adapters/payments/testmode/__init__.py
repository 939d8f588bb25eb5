"""The embedded test-mode payment gateway."""
