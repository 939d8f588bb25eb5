"""`make run`: starts, watches and stops everything the product needs on one machine."""
