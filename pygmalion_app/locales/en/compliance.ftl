# Compliance: errors, privacy, how long things are kept.
privacy-area-compliance = Position and compliance
retention-positions = Positions of people who left
