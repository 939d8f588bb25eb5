"""Mail, by SMTP or into the embedded mailbox."""
