"""What a learner's own pages say: what is due, what is booked, what would help next, and the calendar of it."""
