"""Pages that the server renders: readable without JavaScript."""
