"""Parcels: of a home, and as other people and programs make them."""

import stat
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.base.job import finish
from app.domain.ports import Target
from app.sync.report import Report
from app.sync.targets.parcel import Parcel, ParcelTarget
from tests.homes import STOP, Home, Make
from tests.storage.exchanging import photo

Entry = tuple[zipfile.ZipInfo | str, bytes]


def entries(path: Path) -> dict[str, bytes]:
    """Names and bytes of what lies in a zip."""
    with zipfile.ZipFile(path) as read:
        return {info.filename: read.read(info) for info in read.infolist()}


def write(path: Path, what: Mapping[str, bytes] | Iterable[Entry], how: int = zipfile.ZIP_STORED) -> Path:
    """A zip with these entries, made by another program."""
    pairs: Iterable[Entry] = list(what.items()) if isinstance(what, Mapping) else what
    with zipfile.ZipFile(path, "w", how) as new:
        for info, data in pairs:
            new.writestr(info, data, how)
    return path


def link(name: str, where: str) -> Entry:
    """A symbolic link as zip programs on Linux and macOS pack it."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, where.encode()


def sync(home: Home, path: Path, over: Target | None = None) -> tuple[Report, Parcel]:
    """One pass of a home over a parcel, which is then written."""
    target = ParcelTarget(path)
    try:
        report = home.sync(over or target, remembered=False)
        return report, finish(target.write())
    finally:
        target.close()


def filled(home: Make, parcel: Path) -> tuple[Home, dict[str, str]]:
    """A home, and the names of its photo's files; both lie in a parcel."""
    a = home("A")
    a.new("stop", STOP, name="Torget")
    names = photo(a)
    sync(a, parcel)
    return a, names
