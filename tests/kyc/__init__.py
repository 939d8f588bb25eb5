"""Identity checks of people and organisations."""
