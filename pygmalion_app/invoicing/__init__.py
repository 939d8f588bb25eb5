"""Invoices, credit notes and commission invoices: numbered without gaps, never changed, PDF with Factur-X inside."""
