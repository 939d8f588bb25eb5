"""Jobs of the feature."""
