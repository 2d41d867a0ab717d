"""The colours of pages and charts, on light and dark grounds.

As text each has a contrast of at least 4.5:1 on `ground` and on `tint` (WCAG 2.2, 1.4.3). No two of those for levels
look alike to people with any kind of colour blindness (ΔE*ab of at least 15).
"""

LIGHT = (
    "--ground: #fdfcfa; --tint: #f4f2ed; --text: #1c1b19; --dim: #5d5a54; --line: #dcd8cf; --strong-line: #1c1b19; "
    "--bad: #7d0f00; --warn: #9a5c00; --risk: #6b4aa8; --good: #00626e; --note: #4a4843; --focus: #0b57d0;"
)
DARK = (
    "--ground: #161513; --tint: #211f1c; --text: #eae7e1; --dim: #a8a399; --line: #3b3833; --strong-line: #a8a399; "
    "--bad: #ff8a70; --warn: #e8b04a; --risk: #b090f0; --good: #48c0d0; --note: #d6d1c8; --focus: #8ab4f8;"
)


def of_file(style: str) -> str:
    """The style of a picture that is a file of its own, with the colours that it gets from a page otherwise."""
    return f"""
svg {{ {LIGHT} background: var(--ground); font-family: system-ui, sans-serif; }}
@media (prefers-color-scheme: dark) {{ svg {{ {DARK} }} }}{style}"""
