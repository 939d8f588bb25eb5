"""Scanners of files that people send."""
