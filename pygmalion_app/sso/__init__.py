"""Single sign-on: an organisation's people sign in with its own identity provider."""
