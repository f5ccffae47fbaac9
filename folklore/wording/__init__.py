"""Wording: the phrases and number formats that the report, the figures and the command line share."""
