"""Targets: one file per kind of place where devices meet. Each keeps `app.domain.ports.Target`."""
