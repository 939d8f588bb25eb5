"""Counters for limits: in this process, or in a Redis that several processes share."""
