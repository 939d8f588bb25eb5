"""Version 1 of the REST API, a module a feature."""
