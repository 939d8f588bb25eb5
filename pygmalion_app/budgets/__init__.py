"""A company's training budget: cost centres, booking for many people at once, and who has to agree."""
