"""Tests of certificates, on a real chain."""
