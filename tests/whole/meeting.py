"""Devices, each a process of its own, that meet in a folder."""

import json
from pathlib import Path

from PIL import Image

from tests.whole.program import Fact, Gatljus
from tests.whole.resident import Forked, Server

MACHINE = "GATLJUS_MACHINE"
NOW = "GATLJUS_NOW"


class Field:
    """Some homes, each on a machine of its own, and the folder where they meet."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self._server = server
        self.stick = folder / "minne"
        self.stick.mkdir(parents=True, exist_ok=True)

    def home(self, name: str, machine: str | None = None) -> Gatljus:
        """The home of that name."""
        return Forked(self.folder / name, {MACHINE: machine or f"machine {name}"}, self._server)

    def walk(self, *names: str) -> tuple[str, list[Gatljus]]:
        """A walk with one stop that all of these homes hold. Returns its id and the homes."""
        homes = [self.home(name) for name in names]
        walk = homes[0].walk()
        homes[0].made("stop", "add", walk, "--name", "Tunneln", "--at", "59.17,18.14")
        self.meet(walk, *homes)
        return walk, homes

    def meet(self, walk: str, *homes: Gatljus) -> None:
        """Each home synchronises, one after the other."""
        for each in homes:
            each.ask("sync", str(self.stick), "--walk", walk)


def alike(walk: str, *homes: Gatljus) -> Fact:
    """What all the homes show, which must be the same bytes."""
    shown = [json.dumps(each.shown(walk), ensure_ascii=False, sort_keys=True) for each in homes]
    assert len(set(shown)) == 1
    found: Fact = json.loads(shown[0])
    return found


def stop_of(home: Gatljus, walk: str) -> str:
    """The id of the walk's first stop."""
    found: str = home.shown(walk)["stops"][0]["id"]
    return found


def picture(path: Path, colour: tuple[int, int, int]) -> Path:
    """A photo file."""
    Image.new("RGB", (64, 48), colour).save(path, quality=90)
    return path
