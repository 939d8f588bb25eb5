"""Credentials, and the programs of others that verify them."""
