"""Blobs: files named by the SHA-256 of their own bytes, written once, durable before a change names them.

A file whose bytes do not match its name is set aside as `<name>.damaged` where that is found out: then the blob is
lacking, is announced so and fetched anew. What is set aside is removed when the blob is whole again.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from app.base.errors import GatljusError, NotFound
from app.base.files import UNFINISHED, make_folder, pieces_of, sha256_of, sync_folder, write_atomically
from app.base.words import _
from app.domain.record import is_hash

ASIDE = ".damaged"


def read_whole(path: Path) -> bytes | None:
    """The bytes of a blob's file, which is left as it is; None where they do not match its name. Raises OSError."""
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == path.name else None


class BlobStore:
    """The blobs of a home, in `folder/<first two hex>/<name>`. See `app.domain.ports.BlobStore`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        """Where the blob lies, whether or not it is there."""
        return self._folder / name[:2] / name

    def has(self, name: str) -> bool:
        """Whether the blob lies here."""
        return self.path(name).is_file()

    def names(self) -> dict[str, int]:
        """Name and size of every blob here."""
        return {path.name: path.stat().st_size for path in self._folder.glob("??/*") if is_hash(path.name)}

    def damaged(self) -> set[str]:
        """The blobs whose files were found damaged and set aside, and that have not come back whole."""
        return {path.stem for path in self._folder.glob(f"??/*{ASIDE}") if is_hash(path.stem)}

    def read(self, name: str) -> bytes:
        """The blob's bytes. Raises NotFound, or GatljusError where they do not match the name; then it is set aside."""
        if not self.has(name):
            raise NotFound("blob", _("Filen {name} finns inte här.").format(name=name[:12]))
        data = self.path(name).read_bytes()
        if hashlib.sha256(data).hexdigest() != name:
            self._set_aside(name)
            raise GatljusError(
                "blob-damaged",
                _("Filen {name} är skadad på disken.").format(name=name[:12]),
                _("Synka med en annan enhet som har den; då hämtas den på nytt."),
            )
        return data

    def is_whole(self, name: str) -> bool:
        """Whether the blob lies here with the bytes its name says; where they differ, it is set aside."""
        if not self.has(name):
            return False
        if sha256_of(self.path(name)) == name:
            return True
        self._set_aside(name)
        return False

    def put(self, data: bytes) -> str:
        """Keep the bytes; durable when this returns. Returns the name."""
        name = hashlib.sha256(data).hexdigest()
        if self.is_whole(name):
            self._make_durable(name)
            return name
        make_folder(self.path(name).parent)
        write_atomically(self.path(name), data)
        self._aside(name).unlink(missing_ok=True)
        return name

    def put_file(self, source: Path, name: str | None = None) -> str:
        """Keep a copy of a file; durable when this returns. What lies here whole under `name` is not read again. Raises
        GatljusError where `name` is not its hash, OSError where it cannot be read."""
        if name is not None and self.is_whole(name):
            self._make_durable(name)
            return name
        make_folder(self._folder)
        beside = self._folder / f".{secrets.token_hex(8)}{UNFINISHED}"
        try:
            found = self._copy(pieces_of(source), beside)
            if name is not None and found != name:
                raise GatljusError("blob-damaged", _("Filen {name} kom fram skadad.").format(name=name[:12]))
            make_folder(self.path(found).parent)
            os.replace(beside, self.path(found))
        finally:
            beside.unlink(missing_ok=True)
        sync_folder(self.path(found).parent)
        self._aside(found).unlink(missing_ok=True)
        return found

    def delete(self, name: str) -> None:
        """Remove a blob that may not be kept. Quiet where it is not there."""
        self.path(name).unlink(missing_ok=True)
        self._aside(name).unlink(missing_ok=True)

    def _make_durable(self, name: str) -> None:
        # Another process may have renamed the file, and made its folder, a moment ago: neither name is durable before
        # the folder it stands in is, and a change that names the blob is about to be.
        sync_folder(self.path(name).parent)
        sync_folder(self._folder)

    def _copy(self, pieces: Iterable[bytes], beside: Path) -> str:
        digest = hashlib.sha256()
        with open(beside, "xb") as out:
            for piece in pieces:
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        return digest.hexdigest()

    def _aside(self, name: str) -> Path:
        return self.path(name).with_name(name + ASIDE)

    def _set_aside(self, name: str) -> None:
        os.replace(self.path(name), self._aside(name))
