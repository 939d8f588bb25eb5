"""The screens of those who teach."""
