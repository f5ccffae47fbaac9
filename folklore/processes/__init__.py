"""Processes: who is at work on a folder of results, here and on a cluster, and how they end."""
