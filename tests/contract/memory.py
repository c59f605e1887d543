"""A target that is a dictionary, honest and fast: for the contract itself, for fuzzing, and for faults laid over it."""

import errno
from collections.abc import Mapping

from app.base.errors import NotFound
from app.domain.ports import Target
from app.sync.names import checked, leads_out, matches


class MemoryTarget:
    """Objects by name in `objects`, which a test may read and spoil. See `app.domain.ports.Target`."""

    def __init__(self, label: str = "minnet", *, here: bool = False) -> None:
        self.label, self.here = label, here
        self.objects: dict[str, bytes] = {}

    def list(self, prefix: str) -> dict[str, int]:
        return {name: len(data) for name, data in sorted(self.objects.items()) if name.startswith(prefix)}

    def get(self, name: str) -> bytes:
        if leads_out(name) or name not in self.objects:
            raise NotFound("target-object", f"Filen {name} finns inte där.")
        return self.objects[name]

    def put_new(self, name: str, data: bytes) -> None:
        if checked(name) in self.objects:
            raise FileExistsError(errno.EEXIST, "File exists", name)
        self.objects[name] = data

    def repair(self, name: str, data: bytes) -> None:
        if checked(name) not in self.objects or not matches(name, self.objects[name]):
            self.objects[name] = data

    def delete(self, name: str) -> None:
        if leads_out(name):
            raise NotFound("target-object", f"{name} leder ut.")
        self.objects.pop(name, None)


class Failing:
    """A target that fails at the request with the number `at` (from 0) and at every one after, or only `once`. `cut`:
    what is put then lies there cut short. `asked` counts the requests."""

    def __init__(self, target: Target, at: int, error: Exception, *, once: bool = False, cut: bool = False) -> None:
        self._target, self._at, self._error, self._once, self._cut = target, at, error, once, cut
        self.label, self.here = target.label, target.here
        self.asked = 0

    def _fails(self) -> bool:
        self.asked += 1
        return self.asked - 1 == self._at or (self.asked > self._at and not self._once)

    def _maybe(self) -> None:
        if self._fails():
            raise self._error

    def list(self, prefix: str) -> dict[str, int]:
        self._maybe()
        return self._target.list(prefix)

    def get(self, name: str) -> bytes:
        self._maybe()
        return self._target.get(name)

    def put_new(self, name: str, data: bytes) -> None:
        if self._fails():
            if self._cut:
                self._target.put_new(name, data[: len(data) // 2])
            raise self._error
        self._target.put_new(name, data)

    def repair(self, name: str, data: bytes) -> None:
        self._maybe()
        self._target.repair(name, data)

    def delete(self, name: str) -> None:
        self._maybe()
        self._target.delete(name)


def counted(asked: list[tuple[str, str]]) -> Mapping[str, int]:
    """How many requests of each sort: list, put, get, repair, delete."""
    return {what: sum(each == what for each, _name in asked) for what, _name in asked}
