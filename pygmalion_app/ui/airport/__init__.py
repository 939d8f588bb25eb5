"""The airport's first page, and what a company shows an airport."""
