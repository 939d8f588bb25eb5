"""What only the platform's administrators see of the whole."""
