"""Carrying changes and blobs between homes by way of a target: a folder, a stick, a parcel, later a server.

`exchange` is one pass over one walk, `receipts` says from other devices' announcements who has got what. Both reach the
log, the blobs and what is remembered of places through `app.domain.ports` alone.

Choices made here, within the format of the design:

- An announcement (`heads/…`) names in `damaged` the objects of *this* target whose bytes do not match their name and
  which its writer lacks. Who holds one reads it there, and puts it right where it is indeed damaged; a size alone does
  not tell that a bit has turned.
- `lacking` and `damaged` hold bare names: 64 hex for a blob, the batch's name for a batch.
- Two targets may carry equal announcements under one number: it counts up only when the content changes.
- `machine` is salted with the walk's id, so that machines cannot be followed from walk to walk.
- A machine was *along* if one of its ids has noted something in the field and it is no place where the walk is kept: a
  desk computer that joins is not counted as a tablet.
- In a pass that has moved both text and pictures an announcement goes before the pictures, and another after them: a
  walk's pictures may take an hour, and the others need not wait for its numbers. Without news none goes.
- What a target was seen to hold is remembered also where it is not all (`There`), so that each photo has its own word.
- What a device says and this log can neither prove nor disprove, because changes are missing here, is enough to say
  where to look for something, never for a receipt.
- *Last seen* is when this home first read an announcement that was newer than those before, by its own clock. When it
  was written nobody knows, and who had nothing new to say was perhaps about since.
"""
