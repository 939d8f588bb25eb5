"""The page that plans a team's training."""
