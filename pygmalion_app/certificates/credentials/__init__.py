"""A certificate as a credential that programs of others understand: Open Badges 3.0, its issuer's keys, its status."""
