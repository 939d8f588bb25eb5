"""Companies, airports and training organisations, and who belongs to them."""
