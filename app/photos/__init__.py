"""From a file on a card to what a photo's record needs.

`intake` finds the files, `exif` reads when and where, `scale` makes the copies that are shown, `pool` does both in two
worker processes, `apart` decodes there what is shown or printed later, `geotag` places what carries no place of its
own. Nothing here writes a record: commands do.
"""
