"""Building a library on many machines: shards of the sources, Parquet parts, one loading.

`shards` divides the sources and turns one shard into one part, with no engine about it. `parts`
writes and reads the files, `records` turns records into JSON and back. `running` gives shards to a
Dask cluster, and `loading` brings parts into a library, with the rows that one process would have
given it.
"""

from __future__ import annotations

__all__: list[str] = []
