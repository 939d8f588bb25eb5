"""The outside world: each need has an embedded and a real part."""
