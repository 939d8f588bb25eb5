"""Tests of the risk signals and their review queue."""
