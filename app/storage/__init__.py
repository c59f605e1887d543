"""The only place that speaks SQL for people's data.

The log has one door with two handles: `ChangeLog.write` numbers what was done here, `ChangeLog.append` takes what was
done elsewhere; both end in the same insert, which also keeps the cells, and ring the same bell.

Every thread has its own connection and writes inside `BEGIN IMMEDIATE`: the command line may write to the same home as
a window, so writers must be lined up by SQLite in any case, and one way of lining them up is enough.

What is read and written are connections of `sqlite3` itself. sqlite-utils keeps the migrations, and is loaded on the
day on which one is due: it takes 0.08 of the 0.5 s until the first window, and nothing else of it was in use.

Format chosen here: `sha16` of a device's row = first 16 hex of the SHA-256 over its stamps in the order (seq, n,
stamp), each followed by a line feed.
"""
