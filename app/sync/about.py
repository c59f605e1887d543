"""`about.<sha16>.json`: says in plain words what lies on a target, and how to read it without the program."""

import json

from app.domain.batch import sha16_of

_SWEDISH = """\
Här ligger en trygghetsvandring, skriven av programmet Gatljus. Ändra och ta inte bort något här för hand: andra enheter
hämtar härifrån.
changes/ är alla ändringar, i gzippade textfiler: först en rad om filen, sedan en rad JSON per ändring. blobs/ är foton
och annat stort; filens namn är SHA-256 av innehållet. heads/ är vad varje enhet säger att den har.
Varje ändring sätter ett fält (field) i en post (record) av en sort (kind) till ett värde (value). Det som gäller är den
senaste stämpeln (stamp) bland de ändringar av fältet som ingen annan ändring av det nämner i sitt replaces. En post med
ett värde i fältet deleted är borttagen, om inget har ändrats i den sedan.
"""
_ENGLISH = """\
This is a safety walk, written by the program Gatljus. Change and remove nothing here by hand: other devices read it.
changes/ holds every change, in gzipped text files: first a line about the file, then one line of JSON per change.
blobs/ holds photos and other large values; a file's name is the SHA-256 of its content. heads/ is what each device says
it has.
Every change sets a field of a record of a kind to a value. What holds is the latest stamp among the changes of the
field that no other change of it names in its replaces. A record whose field deleted has a value is deleted, unless
something in it was changed since.
"""
_SHOWN = (
    "jq -s -c 'group_by([.record, .field])[] | (map(.replaces) | add) as $gone"
    " | map(select(.stamp as $s | $gone | index($s) | not)) | max_by(.stamp)' all.jsonl > shown.jsonl"
)
_RECORDS = (
    "jq -s -c 'group_by([.kind, .record])[] | {kind: .[0].kind, id: .[0].record} + (map({(.field): .value}) | add)'"
    " shown.jsonl > records.jsonl"
)
RECIPE = (
    "zcat changes/*.jsonl.gz | jq -c 'select(.seq)' > all.jsonl",
    _SHOWN,
    _RECORDS,
    "jq -r 'select(.kind == \"observation\") | [.tag, .observed_at, .text] | @tsv' records.jsonl",
    "jq -r 'select(.kind == \"photo\") | [.original, .name] | @tsv' records.jsonl",
)
"""Commands that read a walk without the program, run in the walk's folder; the last two list observations, photos."""


def about(scope: str) -> tuple[str, bytes]:
    """The name (without folder) and the bytes of what is said about a walk's folder."""
    said = {
        "format": 1,
        "program": "Gatljus",
        "walk": scope,
        "om": _SWEDISH.splitlines(),
        "about": _ENGLISH.splitlines(),
        "zcat, jq": list(RECIPE),
    }
    data = json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
    return f"about.{sha16_of(data)}.json", data
