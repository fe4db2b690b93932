"""Undoes the compression of an answer, in pieces, so that its true size can be bounded.

The HTTP library undoes whatever the answer names, however often, and each step wholly: a few
hundred bytes become gigabytes before anything can be counted. The server compresses nothing and a
proxy needs no more than gzip, so that is all that is taken. Source: heimdall-api.md 1.
"""

import zlib
from collections.abc import Iterator

import httpx

from heimdall_desktop.domain.facts.errors import Reason, WireError
from heimdall_desktop.domain.facts.server import Peer

ACCEPTED = "gzip"  # what requests say in Accept-Encoding
PIECE_BYTES = 1 << 16

_GZIP = frozenset({"gzip", "x-gzip"})
_GZIP_WINDOW = 16 + zlib.MAX_WBITS  # 16: with the header and the checksum of gzip


class Decoder:
    """Undoes the compression of one answer; push its raw bytes, then call `end`.

    Raises:
        WireError: the answer is compressed more than once, or with something else than gzip.
    """

    def __init__(self, headers: httpx.Headers, peer: Peer) -> None:
        told = headers.get_list("content-encoding", split_commas=True)
        codings = [coding for word in told if (coding := word.strip().lower()) != "identity"]
        if len(codings) > 1 or not _GZIP.issuperset(codings):
            raise WireError(Reason.COMPRESSION_UNKNOWN, host=peer)
        self._gzip = zlib.decompressobj(_GZIP_WINDOW) if codings else None
        self._has_begun = False

    def push(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the pieces that this chunk completes, of `PIECE_BYTES` at most if inflated.

        Raises:
            httpx.DecodingError: it is no gzip, or something follows its end.
        """
        if self._gzip is None:
            yield chunk
            return
        self._has_begun = True
        is_full = True
        while chunk or is_full:
            if self._gzip.eof and chunk:
                raise httpx.DecodingError("more than one gzip")
            try:
                piece = self._gzip.decompress(chunk, PIECE_BYTES)
            except zlib.error:
                raise httpx.DecodingError("no gzip") from None
            chunk = self._gzip.unconsumed_tail or self._gzip.unused_data
            is_full = len(piece) == PIECE_BYTES
            if piece:
                yield piece

    def end(self) -> None:
        """Accept the end of the answer.

        Raises:
            httpx.ReadError: the compressed body was cut off.
        """
        if self._gzip is not None and self._has_begun and not self._gzip.eof:
            raise httpx.ReadError("cut off")
