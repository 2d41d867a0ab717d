"""The options that only roadmaps have."""

from pathlib import Path
from typing import Annotated

import typer

from platctl.questions.roadmap.choices import Grouping, View
from platctl.render.page.markdown_dialect import DIALECTS, SiteGenerator
from platctl.shell.options import completions

ViewOption = Annotated[str, typer.Option(metavar="VIEW", help=f"{', '.join(View)}.", autocompletion=completions(View))]
ForOption = Annotated[
    str | None, typer.Option("--for", metavar="ENTITY", help="The page of one consumer, team, goal or component.")
]
GroupByOption = Annotated[
    str | None, typer.Option(metavar="WHAT", help=f"{', '.join(Grouping)}.", autocompletion=completions(Grouping))
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE|PERIOD", help="Only work that ends on or after that day.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE|PERIOD", help="Only work that begins on or before that day.")
]
DialectOption = Annotated[
    str,
    typer.Option(
        metavar="NAME", help=f"Where Markdown is read: {', '.join(DIALECTS)}.", autocompletion=completions(DIALECTS)
    ),
]
FrontMatterOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help=f"Begin Markdown pages with front matter for {', '.join(SiteGenerator)}.",
        autocompletion=completions(SiteGenerator),
    ),
]
TemplateOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write by a Jinja template of your own, in a sandbox.")
]
OutputDirOption = Annotated[
    Path | None,
    typer.Option("--output-dir", metavar="DIR", help="Write a page for each consumer, team, goal and component."),
]
IndexOption = Annotated[str, typer.Option(metavar="NAME", help="What the first page of a folder is called.")]
InjectOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Replace what stands between two markers of this page.")
]
MarkerOption = Annotated[str, typer.Option(metavar="NAME", help="Which markers: `<!-- platctl:begin NAME -->`.")]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Change nothing; exit 1 with a diff if a page is out of date.")
]
