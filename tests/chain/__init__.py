"""Tests of the chain adapters."""
