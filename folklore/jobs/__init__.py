"""Jobs: one module per Snakemake rule, of the same name; it reads files, calls the library and writes files."""
