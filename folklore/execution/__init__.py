"""Execution: how a job starts, waits for its turn, writes its files and ends. No result depends on this code,
and no fingerprint contains it."""
