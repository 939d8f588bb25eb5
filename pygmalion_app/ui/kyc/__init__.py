"""The screens of identity checks."""
