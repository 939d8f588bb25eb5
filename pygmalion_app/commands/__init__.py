"""Commands of an installation: `python -m pygmalion_app.launch with-database pygmalion_app.commands.NAME`."""
