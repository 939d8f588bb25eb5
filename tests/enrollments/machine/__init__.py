"""The order state machine: a gateway in memory, the world around two sessions, what may happen and what never may."""
