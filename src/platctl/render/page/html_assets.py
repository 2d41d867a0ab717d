"""What an HTML file begins with: one style, and a policy that allows no other, and no script but its own."""

import base64
import hashlib
from collections.abc import Iterator

from platctl.render.escape import element
from platctl.render.picture import cells_svg, chart_svg, diagram_svg, palette

STYLE = f"""
:root {{ color-scheme: light dark; {palette.LIGHT}
  --small: 0.8125rem; --body: 0.9375rem; --page: 74rem; --measure: 42rem;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Liberation Mono", monospace; }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {palette.DARK} }} }}
* {{ box-sizing: border-box; }} html {{ -webkit-text-size-adjust: 100%; scroll-padding-top: 2.5rem; }}
body {{ margin: 0 auto; padding: 1.5rem; max-width: calc(var(--page) + 3rem); background: var(--ground);
  color: var(--text); font: var(--body)/1.45 var(--sans); font-variant-numeric: tabular-nums lining-nums;
  overflow-wrap: anywhere; }}
h1, h2, h3, h4, h5, h6 {{ line-height: 1.2; font-weight: 650; text-wrap: balance; margin: 1.5rem 0 0.25rem; }}
h1 {{ font-size: 1.75rem; letter-spacing: -0.015em; margin: 0 0 0.5rem; }}
h2 {{ font-size: 1.1875rem; margin: 2.5rem 0 0.5rem; }} h3, h4, h5, h6 {{ font-size: 1rem; }}
p {{ margin: 0 0 0.75rem; max-width: var(--measure); }}
ul, ol {{ margin: 0 0 0.75rem; padding-left: 1.25rem; }} li {{ margin: 0.125rem 0; max-width: var(--measure); }}
a {{ color: inherit; text-decoration: underline; text-decoration-color: var(--dim); text-decoration-thickness: 1px;
  text-underline-offset: 0.18em; }}
a:hover {{ text-decoration-color: currentColor; text-decoration-thickness: 2px; }}
:focus-visible {{ outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }}
:target {{ background: var(--tint); }}
.skip {{ position: absolute; left: -100rem; }} .skip:focus {{ position: static; }}
nav ul {{ display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0.75rem 0; padding: 0; list-style: none;
  font-size: var(--small); }}
nav li {{ margin: 0; }} nav a {{ display: inline-block; padding: 0.125rem 0; }}
.filter {{ margin: 0.75rem 0; font-size: var(--small); color: var(--dim); }}
input, button {{ font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--dim);
  border-radius: 3px; padding: 0.25rem 0.5rem; min-height: 2rem; max-width: 100%; }}
button {{ cursor: pointer; min-width: 2rem; }}
.filter input, .tools input {{ margin: 0 0.75rem 0 0.25rem; width: 16rem; }}
.tools {{ display: flex; flex-wrap: wrap; gap: 0.25rem; align-items: center; margin: 0.75rem 0 0; color: var(--dim);
  font-size: var(--small); }}
.answer {{ border-left: 6px solid var(--dim); padding: 0.25rem 0 0.25rem 1rem; margin: 1rem 0; }}
.answer p {{ font-size: 1.1875rem; line-height: 1.35; max-width: 50rem; margin: 0; }}
.answer ol, .answer ul {{ margin: 0.75rem 0 0; }} .answer.bad {{ border-color: var(--bad); color: inherit; }}
.answer.warn {{ border-color: var(--warn); color: inherit; }}
.answer.good {{ border-color: var(--good); color: inherit; }}
table {{ border-collapse: collapse; width: 100%; border-top: 2px solid var(--strong-line);
  border-bottom: 1px solid var(--strong-line); }}
table.even {{ table-layout: fixed; }} table.few {{ width: auto; min-width: min(100%, var(--measure)); }}
th, td {{ padding: 0.3125rem 1rem 0.3125rem 0; text-align: left; vertical-align: top; overflow-wrap: normal; }}
th:last-child, td:last-child {{ padding-right: 0; overflow-wrap: anywhere; }}
thead th, thead td {{ font-size: var(--small); font-weight: 650; line-height: 1.25; vertical-align: bottom;
  border-bottom: 1px solid var(--strong-line); }}
tbody tr + tr {{ border-top: 1px solid var(--line); }} tbody tr:hover {{ background: var(--tint); }}
tbody th {{ font-weight: inherit; }} tbody + tbody {{ border-top: 1px solid var(--strong-line); }}
tbody .group th {{ font-weight: 650; padding-top: 1rem; }} tbody .group:hover {{ background: none; }}
th small, td small {{ display: block; font-size: var(--small); font-weight: 400; }}
.number {{ text-align: right; }} .number, time, .whole {{ white-space: nowrap; }}
.wide {{ margin: 0.5rem 0 1rem; }} .drawn {{ overflow-x: auto; }}
.drawn > .plot {{ min-width: 48rem; }}
pre, code {{ font-family: var(--mono); font-size: var(--small); background: var(--tint); }}
code {{ padding: 0.0625rem 0.25rem; border-radius: 3px; }} h1 code, h2 code, h3 code {{ font-weight: 400; }}
pre {{ padding: 0.75rem; margin: 0; width: max-content; min-width: 100%; }}
details {{ border-top: 1px solid var(--line); }} details:last-of-type {{ border-bottom: 1px solid var(--line); }}
summary {{ cursor: pointer; padding: 0.5rem 0; font-weight: 650; }}
svg {{ display: block; max-width: 48rem; height: auto; font: 0.8125rem var(--sans); }} svg.plot {{ max-width: 60rem; }}
svg.graph, svg.cells {{ max-width: none; }} svg a {{ text-decoration: none; }}
.key {{ display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; list-style: none; padding: 0; font-size: var(--small);
  color: var(--dim); }}
.key li {{ max-width: none; }} .key svg {{ display: inline-block; width: 1.75rem; height: 0.75rem;
  vertical-align: -1px; margin-right: 0.25rem; }}
.dim {{ color: var(--dim); }} .bad {{ color: var(--bad); }} .warn {{ color: var(--warn); }}
.risk {{ color: var(--risk); }}
.good {{ color: var(--good); }} .note {{ color: var(--note); }}
.mark {{ display: inline-block; width: 1.1em; font-weight: 400; text-align: center; margin-right: 0.2em; }}
{chart_svg.STYLE.strip()}
{diagram_svg.STYLE.strip()}
{cells_svg.STYLE.strip()}
@media screen and (max-width: 50rem) {{ table.even {{ table-layout: auto; }}
  body {{ padding: 1rem; }} h1 {{ font-size: 1.5rem; }}
  .answer p {{ font-size: 1.0625rem; }} .wide {{ overflow-x: auto; }} .wide td:not(.number) {{ min-width: 5.5rem; }}
  .wide tbody th[scope=row], .wide thead th:first-child {{ position: sticky; left: 0; z-index: 1;
    background: var(--ground); max-width: 11rem;
    overflow-wrap: anywhere; }} }}
@media print {{ :root {{ --ground: #fff; --tint: #f2f2f2; --line: #bbb; --text: #000; --dim: #444; --body: 9pt;
    --small: 8pt; --page: none; }}
  @page {{ size: A4 landscape; margin: 14mm 12mm; }}
  body {{ max-width: none; padding: 0; }} nav, .filter, .skip, .tools {{ display: none; }}
  .wide, .drawn {{ overflow: visible; }}
.drawn > svg {{ min-width: 0; max-height: 165mm; width: auto;
    max-width: 100%; }}
  th, td {{ overflow-wrap: break-word; }} thead {{ display: table-header-group; }}
  pre {{ width: auto; white-space: pre-wrap; }} tr, li, svg, .answer {{ break-inside: avoid; }}
  h1, h2, h3, h4, h5, h6, summary {{ break-after: avoid; }} a {{ text-decoration: none; }}
  details::details-content {{ content-visibility: visible; block-size: auto; }} }}
@media (forced-colors: active) {{ .mark {{ forced-color-adjust: none; }} .graph .box {{ stroke: CanvasText; }} }}
"""
"""Light and dark, narrow and on paper; on paper, folded parts are open."""


def head(title: str, lang: str, script: str = "") -> Iterator[str]:
    """Everything before the body.

    A browser loads nothing, and accepts no style and script but these. Source: CSP, level 3.
    """
    allowed = f"; script-src '{_digest(script)}'" if script else ""
    policy = f"default-src 'none'; style-src '{_digest(STYLE)}'{allowed}; base-uri 'none'; form-action 'none'"
    yield f'<!DOCTYPE html>\n<html lang="{element(lang)}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{element(title).strip() or 'platctl'}</title>\n<style>{STYLE}</style>\n</head>"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
