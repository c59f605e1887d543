"""The command line: the second, windowless front end, which keeps the core honest. Coordinators script with it.

`gatljus [--home DIR] [--json] [--lang sv|en] COMMAND`. Without --json a creating command prints the id alone on the
last line, with it `{"id": …}`; listings are `{"items": […]}`; failures `{"error": {"code", "text", "advice"}}` on
stdout and exit 1; wrong usage exits 2. Progress and messages go to stderr. Output is UTF-8.
"""

from app.cli.start import main

__all__ = ["main"]
