"""Sign-in, sign-up, profile and the demonstration mailbox."""
