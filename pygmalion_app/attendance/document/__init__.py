"""The attendance sheet on paper."""
