"""What training organisations sold and are paid."""
