"""What an organisation's figures say, on screen and as files; and the platform's own."""
