"""Where PostgreSQL comes from: embedded, or somebody else's."""
