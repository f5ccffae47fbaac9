"""What each test of a claim finds, before Holm's correction."""
