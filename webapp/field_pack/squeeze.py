"""Compressing while it streams, so that the phone can store the first pages before the last are rendered."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import brotli

EVERY = 50
"""Lines after which all that was said so far is on its way."""
MANY, FEW = {"quality": 5, "lgwin": 22}, {"quality": 9, "lgwin": 16}
"""Of brotli. 4 MB: pages are so alike that each after the first costs a few hundred bytes; with 64 KB, a few are squeezed as
small as with more, in a tenth of the time."""


class _Brotli:
    def __init__(self, few: bool) -> None:
        self._compressor = brotli.Compressor(**(FEW if few else MANY))

    def take(self, text: bytes) -> bytes:
        return self._compressor.process(text)

    def flush(self) -> bytes:
        return self._compressor.flush()

    def end(self) -> bytes:
        return self._compressor.finish()


class _Gzip:
    def __init__(self, few: bool) -> None:
        self._compressor = zlib.compressobj(9 if few else 6, wbits=31)

    def take(self, text: bytes) -> bytes:
        return self._compressor.compress(text)

    def flush(self) -> bytes:
        return self._compressor.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._compressor.flush()


class _Plain:
    def __init__(self, few: bool) -> None:
        pass

    def take(self, text: bytes) -> bytes:
        return text

    def flush(self) -> bytes:
        return b""

    end = flush


_WAYS: dict[str, Any] = {"br": _Brotli, "gzip": _Gzip}


def way(accepted: Any) -> str:
    """The best Content-Encoding that the phone takes; empty for none."""
    return next((name for name in _WAYS if accepted.quality(name) > 0), "")


def squeezed(lines: Iterable[str], encoding: str, few: bool = False) -> Iterator[bytes]:
    """The lines in this encoding. Of many the first goes out at once; a few are squeezed as hard as can be."""
    compressor = _WAYS.get(encoding, _Plain)(few)
    for n, line in enumerate(lines):
        said = compressor.take(line.encode() + b"\n")
        if n % EVERY == 0 and not few:
            said += compressor.flush()
        if said:
            yield said
    yield compressor.end()
