"""The protocol as plain data: a whole walk in, a `Document` out. Pure: no clock, no files, no screen.

Equal walks compose equal documents in one language, whatever the order in which their records arrived: everything is
ordered by number, time and id. Every stop, observation, photo and measure of the walk stands in it exactly once as the
primary element of its record; elsewhere there are links to it. Where each stands:

- stops: a part each in section 6
- observations: in the part of their stop, without one under *Längs vägen*
- photos: with their stop in section 6, at most six a place; those of what is good in section 7; those with neither
  place nor observation under *Oplacerade foton*; what does not fit in appendix E
- measures: a row each in section 8 by priority, in section 9 if they are not carried out
- remarks: with what they are about; what has no place of its own there, in section 10
"""

from collections.abc import Iterator

from app.domain.walk import WholeWalk
from app.report.compose_analysis import analysis
from app.report.compose_appendix import appendices
from app.report.compose_conduct import background, conduct, experience, follow_up, people
from app.report.compose_frame import bookmarks, contents, cover, furniture, metadata, reading
from app.report.compose_map import cover_map, map_section
from app.report.compose_measures import further_views, measures, not_done
from app.report.compose_photos import Album
from app.report.compose_places import good_places, places
from app.report.compose_summary import lead, summary
from app.report.document import Document, PhotoFigure, Photos, Section
from app.report.index import Edition, Handed, Index
from app.report.readable import readable
from app.report.ways import ways_of

__all__ = ["Edition", "Handed", "compose"]


def compose(whole: WholeWalk, handed: Handed | None = None, *, edition: Edition = Edition.INTERNAL) -> Document:
    """The protocol of a walk in the language spoken now. `handed`: pictures, maps and coordinates from the job."""
    index = Index(readable(whole), handed or Handed(), edition)
    album, ways = Album(index), ways_of(whole)
    made = (
        summary(index, ways),
        background(index),
        conduct(index, ways),
        people(index),
        map_section(index, ways),
        places(index, album),
        good_places(index, album),
        measures(index),
        not_done(index),
        further_views(index),
        analysis(index),
        experience(index),
        follow_up(index),
        appendices(index, album),
    )
    sections = tuple(each for each in made if each)
    return Document(
        metadata=metadata(index, lead(index, ways)),
        furniture=furniture(index),
        cover=cover(index, cover_map(index, ways)),
        contents=contents(index, sections),
        reading=reading(index),
        sections=sections,
        bookmarks=bookmarks(sections),
        pictures=tuple(figure.picture for section in sections for figure in figures_in(section)),
        rasters={key: each.raster for key, each in sorted(index.handed.maps.items())},
    )


def figures_in(section: Section) -> Iterator[PhotoFigure]:
    """The photos that a section draws, in order."""
    for block in (*section.blocks, *(block for part in section.parts for block in part.blocks)):
        if isinstance(block, Photos):
            yield from (item for item in block.items if isinstance(item, PhotoFigure))
