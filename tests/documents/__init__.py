"""Tests of the documents: keys that sign them, their making, their templates."""
