"""A web server of the test's own, on a port of this machine: what each path answers is said beforehand."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

#: What a path does: it writes its answer to the handler it is given.
Answering = Callable[[http.server.BaseHTTPRequestHandler], None]


def answer(
    body: bytes = b"", status: int = 200, kind: str | None = "text/html; charset=utf-8", **headers: str
) -> Answering:
    """A whole answer; headers by their names with ``_`` for ``-``."""

    def send(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if kind:
            handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


class Site:
    """A running server: what each of ``paths`` answers, and the paths and headers it was asked with."""

    def __init__(self, server: http.server.ThreadingHTTPServer) -> None:
        self.port = server.server_address[1]
        self.paths: dict[str, Answering] = {}
        self.asked: list[str] = []
        self.heads: list[dict[str, str]] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(host: str = "127.0.0.1", wrap: Callable[[object], object] | None = None) -> Iterator[Site]:
    """A site, for as long as the block lasts. ``wrap`` makes its socket one of TLS."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.heads.append(dict(self.headers.items()))
            with suppress(BrokenPipeError, ConnectionResetError):  # we hung up, as a test may want
                site.paths.get(self.path, answer(b"nothing here", status=404))(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        address_family = 10 if ":" in host else 2

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    server = Server((host, 0), Handler)
    if wrap is not None:
        server.socket = wrap(server.socket)  # type: ignore[assignment]
    site = Site(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
