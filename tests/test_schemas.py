from __future__ import annotations

import pytest

from dateline.schemas import RECORDS, encoded, generate, schema


@pytest.mark.parametrize("name", RECORDS)
def test_the_shipped_schemas_are_those_of_the_records(name: str) -> None:
    assert encoded(schema(name)) == encoded(generate(name)), "run python -m dateline.schemas"
