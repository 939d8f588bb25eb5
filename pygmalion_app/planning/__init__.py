"""Plans: the bookings that keep a team compliant until a date, at the least cost, travel and absence."""
