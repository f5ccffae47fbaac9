"""Data: reads datasets from their sources and turns them into arrays, splits and provenance."""
