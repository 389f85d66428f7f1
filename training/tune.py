"""Choose the decoder's thresholds on the dev set and write them into ``card.json``.

``python -m training.tune`` (needs ../shared). Dev may be tuned on, never trained on; figures on dev are
therefore figures on the set that chose these few numbers, and the model card says so. One threshold after the
other, twice round, keeps the value with the best sum of typed F, mean role F and same-incident F.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import msgspec

from dateline.claims import claims_of
from dateline.fusion import fuse
from dateline.records import Report
from dateline.sources import read
from dateline.tagger import WEIGHTS, Thresholds, sentences
from dateline.tagger.decode import decode
from dateline.tagger.encoder import Encoder
from dateline.world import resolve

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
GRID = {
    "trigger_eagerness": (-0.6, -0.3, 0.0, 0.3, 0.6),
    "span_eagerness": (0.0, 0.4, 0.8, 1.2, 1.6),
    "link": (0.3, 0.4, 0.5, 0.6),
    "counted": (0.2, 0.3, 0.5),
    "said": (0.2, 0.3, 0.5),
    "incident": (0.4, 0.5, 0.6, 0.7),
}


def main() -> None:
    """Sweep, print, write."""
    parser = argparse.ArgumentParser(prog="python -m training.tune", description=main.__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--dry", action="store_true", help="score the thresholds as they are, write nothing")
    given = parser.parse_args()
    card = json.loads((given.weights / "card.json").read_text(encoding="utf-8"))
    best = Thresholds(**card.get("thresholds", {}))
    encoder = Encoder(given.weights, threads=2)
    reports = [r for r in read([str(SHARED / "data/annotated/dev.reports.jsonl")]) if isinstance(r, Report)]
    readings = [(r, encoder.read(r.text), sentences(r.text)) for r in reports]

    def worth(thresholds: Thresholds) -> float:
        claims = []
        for report, reading, bounds in readings:
            claims += resolve(report, claims_of(report, decode(reading, encoder.link, thresholds), bounds))
        scored = score(fuse(claims, reports)[0])
        f = {name: row["F"] for name, row in scored["F1"].items()}
        print(
            f"found {f['claim found']:.3f} typed {f['claim found and typed']:.3f} "
            f"roles {scored['mean role F']:.3f} incident {f['same incident (pairs)']:.3f} "
            f"{asdict(thresholds)}",
            flush=True,
        )
        return float(f["claim found and typed"] + scored["mean role F"] + 0.5 * f["same incident (pairs)"])

    top = worth(best)
    if given.dry:
        return
    for _ in range(2):
        for name, values in GRID.items():
            for value in values:
                if value != getattr(best, name):
                    other = replace(best, **{name: value})
                    if (now := worth(other)) > top + 1e-9:
                        top, best = now, other
    card["thresholds"] = asdict(best)
    (given.weights / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def score(claims: list[Any]) -> dict[str, Any]:
    """What ``score_claims.py`` says of claims on the dev set."""
    annotated = SHARED / "data/annotated"
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(b"\n".join(map(msgspec.json.encode, claims)))
        file.flush()
        command = [sys.executable, str(SHARED / "tools/score_claims.py")]
        command += [str(annotated / f"dev.{part}.jsonl") for part in ("reports", "gold")]
        done = subprocess.run([*command, file.name, "--json"], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
