"""Word documents (``.docx``): paragraphs, cells of tables and text boxes, in order. A zip archive of XML.

How much a part unpacks to is bounded; entities are not expanded, and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from dateline.errors import TooLarge, Unreadable
from dateline.sources.archives import BROKEN_ZIP, opened_zip
from dateline.sources.drafts import Draft
from dateline.sources.encoding import without_surrogates
from dateline.sources.inputs import Input, StatedDate
from dateline.sources.limits import Limits, over
from dateline.sources.text import read_whole

DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CREATED = "{http://purl.org/dc/terms/}created"
_PARAGRAPH = f"{_W}p"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}


def read_docx(source: Input, limits: Limits) -> Iterator[Draft]:
    """The text of a document, with title and author from its properties.

    Its own date of creation is told as ``document_created``. Raises Unreadable, TooLarge.
    """
    from lxml import etree  # here: most runs read no document

    data = read_whole(source.stream, source.size, limits.max_file_bytes, "max_file_bytes")
    try:
        with opened_zip(io.BytesIO(data), limits.max_members, "max_members") as archive:
            document = _parsed(_part(archive, DOCUMENT, limits))
            core = _parsed(_part(archive, CORE, limits)) if CORE in archive.namelist() else None
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"a Word document with broken XML ({error}): save it again, or as text") from error
    except BROKEN_ZIP as error:
        raise Unreadable(f"no Word document, or a broken one ({error}): save it again, or as text") from error
    text = "\n".join(_paragraphs(document)).strip()
    if not text:
        return
    created = _words(core, _CREATED)
    yield Draft(
        text=without_surrogates(text),
        path=source.path,
        sha256=hashlib.sha256(data).hexdigest(),
        title=_words(core, f"{_DC}title"),
        byline=_words(core, f"{_DC}creator"),
        url=source.url,
        dates=(StatedDate(kind="document_created", words=created),) if created else (),
    )


def _part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    with archive.open(name) as part:
        data = part.read(limits.max_file_bytes + 1)
    if len(data) > limits.max_file_bytes:
        limit = f"{limits.max_file_bytes} bytes"
        raise TooLarge(over("the document unpacks to", "more", limit, "max_file_bytes"))
    return data


def _parsed(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _paragraphs(document: Any) -> list[str]:
    """The words of each paragraph, in order, those in tables and text boxes among them, each once.

    A text box stands after the paragraph it hangs on. What Word writes a second time for older programs
    (``mc:Fallback``) and deleted words are left out.
    """
    from lxml import etree

    paragraphs: list[list[str]] = []
    around: list[list[str]] = []  # paragraphs begun and not ended: a text box lies in one
    walk = etree.iterwalk(document, events=("start", "end"), tag=(_PARAGRAPH, _FALLBACK, f"{_W}t", *_BREAKS))
    for event, node in walk:
        if node.tag == _PARAGRAPH:
            if event == "start":
                around.append([])
                paragraphs.append(around[-1])
            else:
                around.pop()
        elif event == "start":
            if node.tag != _FALLBACK:
                if around:
                    around[-1].append(_BREAKS.get(str(node.tag)) or node.text or "")
            elif node.getprevious() is not None:
                walk.skip_subtree()
    return ["".join(words) for words in paragraphs]


def _words(core: Any, tag: str) -> str | None:
    node = core.find(f".//{tag}") if core is not None else None
    return " ".join((node.text or "").split()) or None if node is not None else None
