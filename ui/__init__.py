"""The windows. No SQL, no files: a screen asks queries, a tap runs a command, the bell makes the screen ask again.

A screen is built from what is so: the walk, the place one is at, the language and the look. When language, theme or
size change, the screen is built anew and nothing has to be told that it changed. To read the whole, read in this order:
`bridge/` (the core as Qt sees it), `widgets/look.py`, `widgets/desk.py`, `shell/window.py`, one of `screens/`.
"""
