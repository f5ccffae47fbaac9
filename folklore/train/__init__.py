"""Training: fits a recipe's model, records measurements on the way, and probes finished runs."""
