"""A company's budget, its people's requests, and booking many of them at once."""
