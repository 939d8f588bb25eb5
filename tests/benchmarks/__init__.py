"""Measurements of the running product, each beside a bare limit of the same run; see `python -m tests.benchmarks -h`."""
