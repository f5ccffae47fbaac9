"""Re-runs the textbook experiments of deep-learning training and issues a verdict, with an interval, on every claim."""
