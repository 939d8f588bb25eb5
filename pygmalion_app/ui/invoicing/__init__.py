"""Invoices of an organisation, and a person's own payments."""
