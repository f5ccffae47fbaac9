"""The command line, one module a command. It reads what the workflow leaves on disk, and asks Snakemake."""
