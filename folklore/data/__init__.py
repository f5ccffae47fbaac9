"""Data: reads data sets from their sources and turns them into arrays, splits and provenance."""
