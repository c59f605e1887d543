"""The window that holds the screens: where one is, how everything looks, what failed."""
