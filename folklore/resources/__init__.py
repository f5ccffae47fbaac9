"""Resources: what a run asks of the machine that it runs on."""
