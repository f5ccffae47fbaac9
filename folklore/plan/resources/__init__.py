"""Resources: estimates of the time, memory and GPU that a run needs, from its recipe alone."""
