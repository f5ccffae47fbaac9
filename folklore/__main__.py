"""`python -m folklore`: the same as the program `folklore`."""

from folklore.cli.program import program

program(prog_name="folklore")
