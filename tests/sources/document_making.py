"""Files in the formats Dateline reads, made of one report of our own: nothing binary is kept."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
import zlib
from email.message import EmailMessage

TITLE = "Shells hit the market of Oreb"
BODY = (
    "Shells fell on the central market of Oreb on Saturday morning and killed at least four traders, "
    "a nurse at the town's clinic said.\n"
    "The army did not comment. Rebels hold the hills above the town, and both sides have traded fire "
    "across the river since spring, residents told this paper."
)
OUTLET, AUTHOR, DAY = "Salwa Post", "Nour Adel", "2031-06-14"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(paragraphs: list[str] | None = None, prologue: str = "") -> bytes:
    """A Word document."""
    words = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs or [TITLE, *BODY.split("\n")])
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
        f"<dcterms:created>{DAY}T08:00:00Z</dcterms:created></cp:coreProperties>"
    )
    document = f'<w:document xmlns:w="{_W}"><w:body>{words}</w:body></w:document>'
    return zipped({"word/document.xml": (prologue + document).encode(), "docProps/core.xml": core.encode()})


def text_box(words: str, *, fallback: bool = True) -> str:
    """A run with a text box, as Word writes it: once for itself, once for older programs."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    old = f'<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">{content}</v:shape></w:pict>'
    if not fallback:
        return f"</w:t>{old}<w:t>"
    new = f'<wps:txbx xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{content}</wps:txbx>'
    return (
        '</w:t><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent><w:t>"
    )


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def tarred(files: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    """A tar archive, with symbolic links by name and target."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return data.getvalue()


PACK = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


def mail(*, html: bool = False, attachment: bytes | None = None) -> bytes:
    """An e-mail with the report as its body."""
    message = EmailMessage()
    message["Subject"], message["From"] = TITLE, f"{OUTLET} <news@salwa.example>"
    message["Date"] = "Sat, 14 Jun 2031 09:30:00 +0300"
    if html:
        paragraphs = "".join(f"<p>{p}</p>" for p in BODY.split("\n"))
        message.set_content(f"<html><body><article>{paragraphs}</article></body></html>", subtype="html")
    else:
        message.set_content(BODY)
    if attachment is not None:
        message.add_attachment(attachment, maintype="text", subtype="plain", filename="second.txt")
    return message.as_bytes()


def telegram(*, chats: bool = False) -> bytes:
    """An export of Telegram Desktop, of one chat or of all."""
    chat = {
        "name": OUTLET,
        "type": "public_channel",
        "id": 77,
        "messages": [
            {"id": 1, "type": "service", "date": f"{DAY}T07:00:00", "action": "create", "text": ""},
            {"id": 2, "type": "message", "date": f"{DAY}T09:30:00", "text": BODY},
            {
                "id": 3,
                "type": "message",
                "date": f"{DAY}T10:00:00",
                "text": [{"type": "bold", "text": "Oreb: "}, "two of the wounded died, a nurse said."],
            },
            {"id": 4, "type": "message", "date": f"{DAY}T11:00:00", "photo": "a.jpg", "text": ""},
        ],
    }
    export = {"about": "Here is the data you requested", "chats": {"list": [chat]}} if chats else chat
    return json.dumps(export, indent=1).encode()


def html() -> bytes:
    """A page with what pages say of themselves in meta elements."""
    return (
        f"<html><head><title>{TITLE}</title><meta name='author' content='{AUTHOR}'>"
        f"<meta property='og:site_name' content='{OUTLET}'>"
        f"<meta property='article:published_time' content='{DAY}T09:30:00Z'></head><body><article>"
        f"<h1>{TITLE}</h1>{''.join(f'<p>{p}</p>' for p in BODY.splitlines())}</article>"
        "</body></html>"
    ).encode()


def warc_record(kind: str, url: str, content: bytes, **headers: str) -> bytes:
    """A record of a web archive; ``headers`` with ``_`` for ``-``."""
    told = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2031-07-01T12:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:{zlib.crc32(url.encode() + content):032x}>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(content)),
    }
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + content + b"\r\n\r\n"


def answer(content: bytes, media_type: str = "text/html", status: str = "200 OK", **headers: str) -> bytes:
    """What a web server sends."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{lines}\r\n".encode() + content


def warc() -> bytes:
    """A web archive of one page, with the records around it that crawlers write."""
    url = "https://salwa.example/oreb"
    return (
        warc_record("warcinfo", "", b"software: ours\r\n", Content_Type="application/warc-fields")
        + warc_record("request", url, b"GET /oreb HTTP/1.1\r\n\r\n")
        + warc_record("response", url, answer(html()))
    )


def feed() -> bytes:
    """An RSS feed: one entry with its text, one that only links to it."""
    paragraphs = "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in BODY.split("\n"))
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{OUTLET}</title>'
        f"<item><title>{TITLE}</title><link>https://salwa.example/oreb</link><author>{AUTHOR}</author>"
        f"<pubDate>Sat, 14 Jun 2031 09:30:00 +0300</pubDate><description>{paragraphs}</description></item>"
        "<item><title>More</title><link>https://salwa.example/more</link><description>Read on.</description>"
        "</item></channel></rss>"
    ).encode()


def pdf(
    pages: list[str] | None = None,
    loop: bool = False,
    form: bytes = b"",
    drawn: int = 0,
    packed: bool = False,
) -> bytes:
    """A PDF with a page for each text (Latin letters), by hand; ``loop``: its list of pages holds itself.

    ``form`` is a figure that each page draws ``drawn`` times; ``packed``: what is on the pages is compressed.
    """
    texts = pages if pages is not None else [TITLE, *BODY.split("\n")]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(texts))) if not loop else "2 0 R"
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for n, text in enumerate(texts):
        shown = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        stream = f"BT /F1 9 Tf 40 700 Td ({shown}) Tj ET".encode("latin-1") + b" /X Do" * drawn
        figure = b"/XObject << /X %d 0 R >>" % (5 + 2 * len(texts)) if form else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> %s >> /Contents %d 0 R >>" % (figure, 5 + 2 * n)
        )
        objects.append(_stream(stream, packed))
    objects.append(f"<< /Title ({TITLE}) /Author ({AUTHOR}) /CreationDate (D:20310614080000Z) >>".encode())
    if form:
        about = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(_stream(form, packed, about))
    data, at = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        at.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in at)
    data += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        4 + 2 * len(texts),
        start,
    )
    return bytes(data)


def _stream(content: bytes, packed: bool, about: bytes = b"") -> bytes:
    if packed:
        content, about = zlib.compress(content), about + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), about, content)
