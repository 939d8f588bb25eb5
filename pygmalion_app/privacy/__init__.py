"""What people may ask of what is held on them, and what goes by itself with time."""
