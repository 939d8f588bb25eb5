"""The first page after signing in: each role's section, and the switch between them."""
