"""The review queue of sign-ins and orders."""
