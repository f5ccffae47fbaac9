"""The command line, one module per command. It reads the files of the workflow, and queries Snakemake."""
