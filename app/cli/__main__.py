"""`python -m app.cli`: the same as the script `gatljus`."""

from app.cli import main

main()
