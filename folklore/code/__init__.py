"""Code: what results were made from, and which of its changes were accepted."""
