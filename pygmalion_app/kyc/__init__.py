"""Identity of people (KYC) and of organisations (KYB): documents, a review by the platform, states with reasons."""
