"""What a pass did, as plain data."""

from dataclasses import dataclass, field

from app.base.errors import GatljusError
from app.domain.ports import Taken
from app.sync.survey import Asks


@dataclass
class Traffic:
    """What went one way: changes, blobs, and bytes of both together; `names` of the blobs."""

    changes: int = 0
    blobs: int = 0
    bytes: int = 0
    names: set[str] = field(default_factory=set)

    def and_then(self, later: "Traffic") -> "Traffic":
        """Both together."""
        return Traffic(
            self.changes + later.changes,
            self.blobs + later.blobs,
            self.bytes + later.bytes,
            self.names | later.names,
        )


@dataclass(frozen=True)
class Problem:
    """An object that was passed over, and why, in words."""

    name: str
    reason: str


@dataclass
class Report:
    """What a pass did.

    `asks`: nothing was changed, a person must answer. `new_id_needed`: nothing was changed, this home must take a new
    device id first. `put_again`: batches that had gone from the target. `missing`: blobs that changes name and that
    are not here. `waiting`: names that are on the target but not here yet. `damaged`: objects there whose bytes do
    not match their name. `problems`: objects that could not be read or written. `repaired`: objects there put right.
    `copies`: how many names a cloud program has put beside ours. `not_applied`: batches kept but not applied, and why.
    `refused`: the target takes nothing more; `held_back`: changes or blobs did not go for that. `copied`: everything
    held here was read back there. `purged`: the walk was purged here, and what lay there was deleted.
    """

    sent: Traffic = field(default_factory=Traffic)
    got: Traffic = field(default_factory=Traffic)
    asks: Asks | None = None
    new_id_needed: bool = False
    put_again: int = 0
    repaired: int = 0
    missing: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    copies: int = 0
    damaged: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_applied: dict[str, Taken] = field(default_factory=dict)
    refused: GatljusError | None = None
    held_back: bool = False
    copied: bool = False
    purged: bool = False
