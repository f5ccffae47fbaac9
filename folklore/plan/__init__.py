"""Plan: studies and config.yaml, checked together and expanded into the runs to train."""
