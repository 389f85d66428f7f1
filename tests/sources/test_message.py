"""E-mails: forwarded ones are reports of their own."""

from __future__ import annotations

import base64
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from sources import document_making as making

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read


def forwarding(
    inner: bytes, text: str = "See below: shells fell on the market, our man there says."
) -> bytes:
    """An e-mail to which another is attached."""
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "Fwd: Oreb", "The Desk <desk@desk.example>"
    outer["Date"] = "Mon, 16 Jun 2031 08:00:00 +0000"
    outer.set_content(text)
    outer.add_attachment(message_from_bytes(inner, policy=policy.default))
    return outer.as_bytes()


def of(tmp_path: Path, data: bytes, limits: Limits | None = None) -> list[Report | Outcome]:
    (tmp_path / "a.eml").write_bytes(data)
    return list(read(tmp_path / "a.eml", limits=limits or Limits()))


def test_a_forwarded_email_is_a_report_of_its_own(tmp_path: Path) -> None:
    outer, inner = of(tmp_path, forwarding(making.mail()))
    assert isinstance(outer, Report) and isinstance(inner, Report)
    assert (outer.title, outer.outlet, outer.published) == ("Fwd: Oreb", "The Desk", "2031-06-16")
    assert "four traders" not in outer.text
    assert (inner.title, inner.outlet, inner.published) == (making.TITLE, making.OUTLET, making.DAY)
    assert inner.published_rule == "the e-mail's header"
    assert "four traders" in inner.text
    assert inner.path == f"{tmp_path}/a.eml!forwarded3.eml"


def test_its_attachments_are_its_own(tmp_path: Path) -> None:
    results = of(tmp_path, forwarding(making.mail(html=True, attachment=b"Four traders died in Oreb.")))
    assert [(one.path or "").removeprefix(f"{tmp_path}/") for one in results] == [
        "a.eml",
        "a.eml!forwarded3.eml!body1.html",
        "a.eml!forwarded3.eml!second.txt",
    ]


def test_an_email_without_words_of_its_own(tmp_path: Path) -> None:
    *_, inner = of(tmp_path, forwarding(making.mail(), text=""))
    assert isinstance(inner, Report)
    assert inner.published == making.DAY


def test_forwarded_and_forwarded_again(tmp_path: Path) -> None:
    data = making.mail()
    for _ in range(9):
        data = forwarding(data)
    *reports, outcome = of(tmp_path, data)
    assert len(reports) == 4
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.TOO_LARGE
    assert "--max-depth" in outcome.reason


def test_one_that_is_encoded_is_read(tmp_path: Path) -> None:
    data = (
        b"Subject: Fwd\nContent-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: message/rfc822\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(making.mail()) + b"\n--a--\n"
    )
    reports = [one for one in of(tmp_path, data) if isinstance(one, Report)]
    assert [r.published for r in reports] == [making.DAY]


def test_an_email_that_is_all_forwarded(tmp_path: Path) -> None:
    (report,) = of(tmp_path, b"Content-Type: message/rfc822\nSubject: Fwd\n\n" + making.mail())
    assert isinstance(report, Report)
    assert (report.title, report.published) == (making.TITLE, making.DAY)
