"""What is held on people: taken out, erased, and let go in time."""
