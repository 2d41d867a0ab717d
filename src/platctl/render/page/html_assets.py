"""What an HTML file contains: one style, one optional script, and a policy that allows no others."""

import base64
import hashlib
from collections.abc import Iterator

from platctl.render.escape import element
from platctl.render.picture import chart_svg, palette

STYLE = f"""
:root {{ color-scheme: light dark; {palette.LIGHT} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {palette.DARK} }} }}
body {{ margin: 0 auto; padding: 1.5rem; max-width: 75rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.75rem; line-height: 1.25; }} h2 {{ font-size: 1.375rem; margin-top: 2.5rem; }}
h3 {{ font-size: 1.125rem; margin-top: 1.75rem; }} h4, h5, h6 {{ font-size: 1rem; }}
h2, h3, h4, h5, h6 {{ line-height: 1.25; margin-bottom: 0.5rem; }}
a {{ color: var(--note); }} a:hover {{ text-decoration-thickness: 2px; }}
:focus-visible {{ outline: 2px solid var(--note); outline-offset: 2px; }}
.skip {{ position: absolute; left: -100rem; }} .skip:focus {{ position: static; }}
nav ul {{ columns: 18rem; margin: 0; padding: 0; list-style: none; }} nav ul ul {{ columns: auto; padding-left: 1rem; }}
nav li {{ margin: 0; }} nav a {{ display: inline-block; padding: 0.125rem 0; }}
.filter {{ margin: 1.5rem 0; }} .filter input {{ font: inherit; color: inherit; background: var(--ground);
  border: 1px solid var(--dim); border-radius: 4px; padding: 0.25rem 0.5rem; margin: 0 0.75rem 0 0.25rem; width: 16rem;
  max-width: 100%; box-sizing: border-box; }}
ul {{ padding-left: 1.25rem; }} li {{ margin: 0.125rem 0; }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
th, td {{ padding: 0.375rem 1rem 0.375rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; overflow-wrap: normal; }}
tbody th {{ font-weight: inherit; }} .number {{ text-align: right; }}
.number, time {{ white-space: nowrap; }} td:not(.number) {{ min-width: 5.5rem; }}
.wide {{ overflow-x: auto; margin: 1rem 0; }} .wide > .plot {{ min-width: 48rem; }}
pre, code {{ font-family: ui-monospace, monospace; font-size: 0.875rem; background: var(--code); }}
code {{ padding: 0.0625rem 0.25rem; border-radius: 3px; }}
pre {{ padding: 0.75rem; margin: 0; width: max-content; min-width: 100%; box-sizing: border-box; }}
summary {{ cursor: pointer; font-weight: bold; }} details {{ margin: 0.75rem 0; }}
svg {{ display: block; max-width: 48rem; height: auto; font-size: 0.8125rem; }} svg.plot {{ max-width: 60rem; }}
.dim {{ color: var(--dim); }} .bad {{ color: var(--bad); }} .warn {{ color: var(--warn); }}
.good {{ color: var(--good); }} .note {{ color: var(--note); }}
{chart_svg.STYLE.strip()}
@media print {{ body {{ max-width: none; padding: 0; font-size: 0.75rem; }} nav, .filter, .skip {{ display: none; }}
  .wide {{ overflow: visible; }} .wide > .plot {{ min-width: 0; }} th, td {{ overflow-wrap: break-word; }}
  pre {{ width: auto; white-space: pre-wrap; }} tr, li, svg {{ break-inside: avoid; }}
  h1, h2, h3, h4, h5, h6, summary {{ break-after: avoid; }} a {{ color: inherit; }}
  details::details-content {{ content-visibility: visible; block-size: auto; }} }}
"""
"""Light and dark, narrow and on paper; on paper, folded parts are open."""

SCRIPT = """
"use strict";
(() => {
  const groupsAround = (node) => {
    const group = node.closest("section, details");
    return group ? [group, ...groupsAround(group.parentElement)] : [];
  };
  const items = [...document.querySelectorAll("main tbody tr, main li:not(nav li, li li)")]
    .map((item) => ({ item, text: item.textContent.toLowerCase(), groups: groupsAround(item) }));
  const groups = new Set(items.flatMap((each) => each.groups));
  const box = document.createElement("div"), label = document.createElement("label");
  const input = document.createElement("input"), status = document.createElement("span");
  box.className = "filter";
  box.setAttribute("role", "search");
  input.type = "search";
  label.append("Filter", input);
  status.setAttribute("role", "status");
  box.append(label, status);
  (document.querySelector("main nav") || document.querySelector("main h1")).after(box);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const found = items.filter(({ text }) => words.every((word) => text.includes(word)));
    const shown = new Set(found.flatMap((each) => [each.item, ...each.groups]));
    for (const { item } of items) item.hidden = !shown.has(item);
    for (const group of groups) {
      group.hidden = !shown.has(group);
      if (words.length && !group.hidden && group.tagName === "DETAILS") group.open = true;
    }
    status.textContent = words.length ? `${found.length} of ${items.length} shown` : "";
  });
})();
"""
"""A box that filters rows and items by all words typed. It creates text, never markup."""


def head(title: str, lang: str, *, has_script: bool) -> Iterator[str]:
    """Everything before the body.

    A browser loads nothing, and accepts no style and script but these. Source: CSP, level 3.
    """
    script = f"; script-src '{_digest(SCRIPT)}'" if has_script else ""
    policy = f"default-src 'none'; style-src '{_digest(STYLE)}'{script}; base-uri 'none'; form-action 'none'"
    yield f'<!DOCTYPE html>\n<html lang="{element(lang)}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{element(title).strip() or 'platctl'}</title>\n<style>{STYLE}</style>\n</head>"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
