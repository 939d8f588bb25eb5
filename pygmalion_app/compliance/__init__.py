"""Who must hold what, and who does: requirement sets, and each person's status for each requirement."""
