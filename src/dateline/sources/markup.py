"""A fragment of HTML as plain text: what feeds and metadata hold where they mean words."""

from __future__ import annotations

import html
import re

#: Elements that begin and end a line.
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li main ol p pre section table td th tr ul".split()
)

#: Elements whose words are not read.
_UNREAD = frozenset({"script", "style", "noscript", "template", "iframe", "object"})

_MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w{2,10};")


def plain_text(fragment: str) -> str:
    """The words of a fragment, a line for each block; words without markup stay as they are."""
    if not _MARKUP.search(fragment):
        return fragment.strip()
    from lxml import etree  # here: plain runs need it not

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(f"<html><body>{fragment}</body></html>", parser)
    except (etree.ParseError, ValueError):
        root = None
    if root is None:
        return html.unescape(re.sub(r"<[^<>]{0,2000}+>", " ", fragment)).strip()
    pieces: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        block, skipped = element.tag in _BLOCKS, element.tag in _UNREAD
        if block:
            pieces.append("\n")
        if event == "start":
            unread += skipped
            words = element.text
        else:
            unread -= skipped
            words = element.tail
        if words and not unread:
            pieces.append(re.sub(r"\s+", " ", words))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
