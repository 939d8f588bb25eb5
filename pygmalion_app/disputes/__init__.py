"""Answering disputed payments: the evidence, put together from what the platform knows, and its sending."""
