"""Dagster: one concept a module. Extraction logic does not belong here.

assets       what is made: documents, claims, evaluation, warehouse
checks       what must hold of them
partitions   how they are divided: by source
resources    what they work with: sources, store, published file, annotated texts, engine, progress
jobs         what is run together: refresh
schedules    when it runs by the clock
sensors      when it runs by itself
metadata     what the UI shows of tables: columns, previews, counts
batches      the functions that an engine runs over batches of texts
evaluating   the same for annotated texts, judged
engines      where those run: in this process, on several, or on a cluster
definitions  all of it, put together
running      a refresh in this process, for the command line
"""
