"""From the files that runs leave to verdicts: tables, metrics, intervals, rulings."""
