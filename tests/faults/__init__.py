"""What the product survives: its process killed at any moment, its database stopped under load, a burst of events."""
