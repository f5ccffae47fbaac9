"""Recipes: one complete way to train, its blocks, its identity, and what can be told from it alone."""
