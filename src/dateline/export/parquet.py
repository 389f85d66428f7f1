"""Events as one Parquet file: a row an event, lists kept as lists, and every account nested in its row.

Needs ``pip install 'dateline[tables]'`` (pyarrow).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.errors import InstallationError
from dateline.export.dataset import Dataset
from dateline.export.described import (
    ACCOUNT_COLUMNS,
    ColumnType,
    accounts,
    described,
    storable,
    whole_row,
)
from dateline.export.flat import columns
from dateline.export.folder import whole
from dateline.export.intervals import day

_AT_ONCE = 5_000
"""Events in one row group: some 10 MB of memory."""


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the table to ``path``; nothing is lost, so no notes. InstallationError without pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise InstallationError("Parquet needs pyarrow: pip install 'dateline[tables]'") from None
    types = {
        ColumnType.TEXT: pa.string(),
        ColumnType.LIST: pa.list_(pa.string()),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.NUMBER: pa.float64(),
        ColumnType.DATE: pa.date32(),
        ColumnType.YES_NO: pa.bool_(),
    }
    names = [n for n in ACCOUNT_COLUMNS if n != "event_id"]
    account = pa.struct([(n, types[described(n).type]) for n in names])
    fields = [pa.field(n, types[described(n).type]) for n in [*columns(), "sentence"]]
    about = {"audience": dataset.audience.value} | {f"version {k}": v for k, v in dataset.versions.items()}
    schema = pa.schema([*fields, pa.field("accounts", pa.list_(account))], metadata=about)
    with whole(path) as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for start in range(0, len(dataset.events), _AT_ONCE):
            rows = []
            for event in dataset.events[start : start + _AT_ONCE]:
                row = whole_row(event, dataset.audience)
                told = [{n: _value(one[n], n) for n in names} for one in accounts(event)]
                rows.append({n: _value(v, n) for n, v in row.items()} | {"accounts": told})
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    return ()


def _value(value: Any, name: str) -> Any:
    if isinstance(value, tuple):
        return [storable(one) for one in value]
    if described(name).type is ColumnType.DATE:
        return day(value)
    return storable(value) if isinstance(value, str) else value
