"""Tests of certificates' lives: revoking, correcting, renewing, reminding, issuing in bulk."""
