"""Measurements of the running product beside bare limits of the same run; see `python -m tests.benchmarks -h`."""
