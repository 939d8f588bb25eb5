"""One's data: taking them along, choosing, having them erased."""
