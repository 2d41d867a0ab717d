"""The options that only roadmaps have."""

from pathlib import Path
from typing import Annotated

import typer

from platctl.questions.roadmap.choices import Grouping, View
from platctl.render.page.markdown_dialect import DIALECTS, SiteGenerator
from platctl.shell.options import completions, entities

ViewOption = Annotated[
    str, typer.Option(metavar="VIEW", help=f"Arrange the work: {', '.join(View)}.", autocompletion=completions(View))
]
ForOption = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="ENTITY",
        help="Show the page of one consumer, team, goal or component.",
        autocompletion=entities("consumer", "team", "goal", "component"),
    ),
]
GroupByOption = Annotated[
    str | None,
    typer.Option(metavar="WHAT", help=f"Group by {', '.join(Grouping)}.", autocompletion=completions(Grouping)),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE|PERIOD", help="Show only work that ends on or after this day.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE|PERIOD", help="Show only work that starts on or before this day.")
]
DialectOption = Annotated[
    str,
    typer.Option(
        metavar="NAME", help=f"Write Markdown for {', '.join(DIALECTS)}.", autocompletion=completions(DIALECTS)
    ),
]
FrontMatterOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help=f"Add front matter to Markdown pages for {', '.join(SiteGenerator)}.",
        autocompletion=completions(SiteGenerator),
    ),
]
TemplateOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Render with your own Jinja template, in a sandbox.")
]
OutputDirOption = Annotated[
    Path | None,
    typer.Option(
        "--output-dir", metavar="DIR", help="Write a page for each consumer, team, goal and component to this folder."
    ),
]
IndexOption = Annotated[str, typer.Option(metavar="NAME", help="Name of the first page in the folder.")]
InjectOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Replace the text between two markers in this page.")
]
MarkerOption = Annotated[str, typer.Option(metavar="NAME", help="Name in the markers: `<!-- platctl:begin NAME -->`.")]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Write nothing; print a diff and exit 1 if a page is out of date.")
]
