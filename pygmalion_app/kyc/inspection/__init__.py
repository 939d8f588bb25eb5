"""What a document really is: looked at in a process of its own, which may use little and knows no secret."""
