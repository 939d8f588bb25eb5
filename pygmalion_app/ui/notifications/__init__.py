"""Notifications: the bell in the frame, the page, and how both follow what happens."""
