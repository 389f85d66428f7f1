"""Write the schemas anew."""

from pathlib import Path

from dateline.schemas import RECORDS, encoded, generate

for name in RECORDS:
    (Path(__file__).parent / f"{name}.schema.json").write_bytes(encoded(generate(name)))
