"""Certificates: documents, proof, verification."""
