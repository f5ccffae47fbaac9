"""`python -m folklore`: what is done, what would run and why, what to wave through, what is left over."""

from folklore.cli.program import program

program(prog_name="folklore")
