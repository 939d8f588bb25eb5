"""Who was there: signatures by half-day, the trainer's beside each, on paper at the end."""
