"""The document: PDF/A-3 for people, Factur-X XML inside for their accounting software."""
