"""Single sign-on: the door of an organisation's people, and the settings of it."""
