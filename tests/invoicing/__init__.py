"""Invoices, credit notes, transfers."""
