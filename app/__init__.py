"""Everything but the screen.

Tap → command → change → log → cells → screen. Sync carries changes between logs.
The protocol is a query, printed. Nothing flows back.

To read the whole, read in this order: `domain/records.py`, `domain/change.py`, `storage/log.py`,
`commands/`, `queries/`, `jobs.py`, `cli.py`.
"""

__version__ = "0.1.0"
