"""The report: one page about what the published file holds, drawn from it and from nothing else."""
