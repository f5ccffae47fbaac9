"""Gains from a GPU; needs torch, numpy, safetensors and this checkout, and neither Snakemake nor a download."""
