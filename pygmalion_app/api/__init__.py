"""The REST API and the server-rendered pages."""
