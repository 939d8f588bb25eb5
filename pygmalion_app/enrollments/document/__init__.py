"""Contracts and receipts as PDF."""
