"""Archives: read one file at a time, each and all together within their limits."""

from __future__ import annotations

import io
import struct
import tarfile
import tracemalloc
from pathlib import Path

import pytest
from sources import document_making as making

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read


@pytest.mark.parametrize("packer", making.PACK)
def test_a_packed_tar_archive_may_be_larger_than_a_file(packer: str, tmp_path: Path, body: str) -> None:
    files = {f"{n}.txt": f"{n} shells. {body}".encode() for n in range(40)} | {"long.txt": b"a " * 5_000}
    (tmp_path / f"a.tar.{packer}").write_bytes(making.PACK[packer](making.tarred(files)))
    *reports, last = read(tmp_path, limits=Limits(max_file_bytes=3_000))
    assert [r.path for r in reports] == [f"{tmp_path}/a.tar.{packer}!{n}.txt" for n in range(40)]
    assert isinstance(last, Outcome)
    assert (last.path, last.outcome) == (f"{tmp_path}/a.tar.{packer}!long.txt", OutcomeKind.TOO_LARGE)


def test_all_its_files_are_bounded_together(tmp_path: Path, body: str) -> None:
    files = {f"{n}.txt": f"{n} shells. {body}".encode() for n in range(100)}
    (tmp_path / "a.tar.gz").write_bytes(making.PACK["gz"](making.tarred(files)))
    *reports, last = read(tmp_path, limits=Limits(max_unpacked_bytes=50_000))
    assert reports
    assert all(isinstance(one, Report) for one in reports)
    assert isinstance(last, Outcome)
    assert "--max-unpacked-bytes" in last.reason


def test_folders_without_end_cost_no_memory(tmp_path: Path) -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for number in range(20_000):
            info = tarfile.TarInfo(f"{number}")
            info.type = tarfile.DIRTYPE
            archive.addfile(info)
            archive.members.clear()
    (tmp_path / "a.tar.gz").write_bytes(making.PACK["gz"](data.getvalue()))
    del data
    tracemalloc.start()
    (outcome,) = read(tmp_path / "a.tar.gz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.EMPTY
    assert peak < 3_000_000


def test_a_name_without_end_is_not_read(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 40_000_000
    (tmp_path / "a.tar.gz").write_bytes(making.PACK["gz"](info.tobuf() + b"a" * 40_000_000))
    tracemalloc.start()
    (outcome,) = read(tmp_path / "a.tar.gz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(outcome, Outcome)
    assert "no end" in outcome.reason
    assert peak < 3_000_000


def _listing(count: int) -> bytes:
    """A zip archive whose directory lists one file ``count`` times."""
    data = making.zipped({"word/document.xml": b"Shells fell."})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    directory = data[start:end] * count
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", count & 0xFFFF, count & 0xFFFF)
    tail[12:20] = struct.pack("<II", len(directory), start)
    return data[:start] + directory + bytes(tail)


@pytest.mark.parametrize("name", ["a.zip", "a.docx"])
@pytest.mark.parametrize("count", [250_000, 700_000])
def test_a_list_of_very_many_files_is_not_read(name: str, count: int, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(_listing(count))
    tracemalloc.start()
    (outcome,) = read(tmp_path / name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(outcome, Outcome)
    assert (outcome.path, outcome.outcome) == (f"{tmp_path}/{name}", OutcomeKind.TOO_LARGE)
    assert "the archive lists" in outcome.reason
    assert "--max-members" in outcome.reason
    assert peak < 60_000_000 + 2.5 * 63 * count  # its bytes, but not a record of 560 bytes for each entry


def test_a_list_as_long_as_it_may_be_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_listing(200))
    results = list(read(tmp_path / "a.zip", limits=Limits(max_members=100)))
    assert len(results) == 101


def test_an_entry_without_a_name_ends_in_an_outcome(tmp_path: Path, body: str) -> None:
    data = making.zipped({"a": b"Shells fell.", "b.txt": body.encode()})
    for mark, name_at, length_at in ((b"PK\x03\x04", 30, 26), (b"PK\x01\x02", 46, 28)):
        at = data.index(mark)
        assert data[at + name_at : at + name_at + 1] == b"a"
        shorter = data[at : at + name_at] + data[at + name_at + 1 :]
        data = data[:at] + shorter[:length_at] + b"\0\0" + shorter[length_at + 2 :]
    (tmp_path / "a.zip").write_bytes(_shifted(data))
    outcome, report = read(tmp_path / "a.zip")
    assert isinstance(outcome, Outcome)
    assert (outcome.path, outcome.outcome) == (f"{tmp_path}/a.zip!", OutcomeKind.UNREADABLE)
    assert "without a name" in outcome.reason
    assert isinstance(report, Report)


def _shifted(data: bytes) -> bytes:
    """A zip archive whose offsets are put right after a byte was taken out of each of its lists."""
    fixed = bytearray(data)
    start, second, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    fixed[second + 42 : second + 46] = struct.pack("<I", data.rindex(b"PK\x03\x04"))
    fixed[end + 12 : end + 20] = struct.pack("<II", end - start, start)
    return bytes(fixed)
