"""The report: one section a study, said once and rendered twice, as a page and as LaTeX."""
