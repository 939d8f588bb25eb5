"""Tests of limits: the counters, the API's headers, and what is refused when."""
