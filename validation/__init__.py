"""Replications of others' models, apart from the product: see README.md."""
