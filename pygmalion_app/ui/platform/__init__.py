"""The platform for its administrators: figures, jobs, moderation."""
