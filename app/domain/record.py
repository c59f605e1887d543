"""What a record says about itself.

A record is a frozen, typed, keyword-only dataclass. One line says everything about a field: type, default, label,
whether it is searched, personal, publishable, machine-written, and whether the record is a part of what it points to.
From that line follow storage, sync, form, search, export and print.
"""

import dataclasses
import secrets
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, dataclass_transform

from app.base.errors import NotFound
from app.base.words import N_, _
from app.domain.values import Unknown, bare_type, label_of, loader_of, plain

R = TypeVar("R", bound="Record")

CREATED = "created"
DELETED = "deleted"
ERASED = "erased"
"""Fields that every record may have besides its own."""

RESERVED = frozenset({"id", "scope", "seen"})

ANY = "any"
"""Of a field that names another record: one of any kind."""

BLOB = "blob"
"""Of a field that names a file."""

CODES: Mapping[str, str] = {
    "yes": N_("Ja"),
    "hesitant": N_("Tveksamt"),
    "no": N_("Nej"),
    "no_answer": N_("Vill inte svara"),
    "T": N_("geografiskt norr"),
    "M": N_("magnetiskt norr"),
}
"""Words for codes that a field's line allows and that are not a choice with a word of its own."""


@dataclass(frozen=True)
class Seen:
    """What a person was shown: the log as it stood at arrival number `at`, and the stamps of what that person's
    own form has written since, per field. From it a change says what it replaces."""

    at: int
    own: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    def after(self, field: str, stamps: tuple[str, ...]) -> "Seen":
        """What is seen once the form itself has written `field`."""
        return Seen(self.at, {**self.own, field: stamps})


NOTHING_SEEN = Seen(0)
"""For a record that is being made."""


@dataclass(frozen=True)
class FieldInfo:
    """What a field's line says (see `field`). `type` is without `| None`; `load` reads plain data and raises on what
    does not fit."""

    name: str
    type: Any
    default: Any
    label: str
    search: bool
    personal: bool
    publish: bool
    machine: bool
    settles: bool
    happens: bool
    part: bool
    unless: str
    needed: bool
    names: str
    span: tuple[float, float] | None
    among: tuple[str, ...]
    describes: bool
    phone: bool
    load: Callable[[Any], Any]

    @property
    def is_text(self) -> bool:
        """Whether people write in it as they like: neither a record's name nor one of some words."""
        return self.type is str and not self.names and not self.among


def field(
    label: str,
    *,
    default: Any = None,
    search: bool = False,
    personal: bool = False,
    publish: bool = True,
    machine: bool = False,
    settles: bool = False,
    happens: bool = False,
    part: bool = False,
    unless: str = "",
    needed: bool = False,
    names: str = "",
    span: tuple[float, float] | None = None,
    among: tuple[str, ...] = (),
    describes: bool = False,
    phone: bool = False,
) -> Any:
    """A field of a record.

    `label` is marked with `N_` and translated when shown. `search`: its text is found by search. `personal`: never
    leaves in a public document. `publish`: may stand in one. `machine`: written by the program, settles without
    conflict. `settles`: a person may write it, but every device says it by itself at about the same time; the latest
    holds, and nobody is asked. `happens`: a moment that is planned, and that every device tells by itself once it has
    come; of those that had come when they were written the latest holds, and plans are asked about. `part`: the record
    is a part of the one this field names, and is hidden with it; `unless`: not while the field of that name is set.
    `needed`: a person may not leave it empty. `names`: the kind of record whose id it holds, `ANY` kind, or `BLOB`.
    `span`: the least and the greatest number that a person may write. `among`: the only texts that a person may write,
    alone or as parts of a tuple. `describes`: people say there what they see, in several lines. `phone`: a number to
    call, and nothing else.
    """
    about = {
        "label": label,
        "search": search,
        "personal": personal,
        "publish": publish,
        "machine": machine,
        "settles": settles,
        "happens": happens,
        "part": part,
        "unless": unless,
        "needed": needed,
        "names": names,
        "span": span,
        "among": among,
        "describes": describes,
        "phone": phone,
    }
    return dataclasses.field(default=default, metadata=about)


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing people speak of. `scope` is the id of the walk it belongs to."""

    KIND: typing.ClassVar[str]
    FIELDS: typing.ClassVar[tuple[FieldInfo, ...]]

    id: str
    scope: str
    seen: Seen = dataclasses.field(default=NOTHING_SEEN, compare=False, repr=False)
    created: datetime | None = field(N_("Skapad"), default=None, machine=True)


def _described(cls: type[Record]) -> tuple[FieldInfo, ...]:
    hints = typing.get_type_hints(cls)
    own = [each for each in dataclasses.fields(cls) if each.name not in RESERVED]
    return tuple(
        FieldInfo(
            name=each.name,
            type=bare_type(hints[each.name]),
            default=each.default,
            load=loader_of(hints[each.name]),
            **each.metadata,
        )
        for each in own
    )


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def record(kind: str) -> Callable[[type[R]], type[R]]:
    """Makes a class a record kind. `kind` is format: kebab-case, never renamed."""

    def declare(cls: type[R]) -> type[R]:
        made = dataclass(frozen=True, kw_only=True)(cls)
        made.KIND = kind
        made.FIELDS = _described(made)
        return made

    return declare


def field_of(cls: type[Record], name: str) -> FieldInfo:
    """What one field says about itself. Raises NotFound."""
    for each in cls.FIELDS:
        if each.name == name:
            return each
    raise NotFound(
        "field",
        _("{kind} har inget fält som heter {field}.").format(kind=cls.KIND, field=name),
        _("Fälten är: {fields}.").format(fields=", ".join(each.name for each in cls.FIELDS if not each.machine)),
    )


def word_of(info: FieldInfo, code: str) -> str:
    """The word for one of the texts that a field's line allows, in the language spoken now."""
    if code in CODES:
        return _(CODES[code])
    return label_of(next((each for each in info.among if each == code), Unknown(code))).replace("-", "–")


def news_in(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that would be stored otherwise than what the record shows. A position is stored with fewer
    decimals than a file has."""
    return {name: value for name, value in values.items() if plain(value) != plain(getattr(record, name))}


def new_id() -> str:
    """A random 128-bit id, 32 hex."""
    return secrets.token_hex(16)


def is_id(value: object) -> typing.TypeGuard[str]:
    """Whether a value has the shape of a record's id."""
    return isinstance(value, str) and len(value) == 32 and not set(value) - set("0123456789abcdef")


def is_hash(value: object) -> typing.TypeGuard[str]:
    """Whether a value has the shape of a blob's name: exactly 64 hex."""
    return isinstance(value, str) and len(value) == 64 and not set(value) - set("0123456789abcdef")
