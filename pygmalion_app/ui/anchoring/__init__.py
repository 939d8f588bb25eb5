"""Anchoring on chain, for the platform's administrators."""
