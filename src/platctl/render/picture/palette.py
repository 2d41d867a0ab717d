"""The colours of pages and charts, on light and dark backgrounds: as text at least 4.5:1 (WCAG 2.2, 1.4.3)."""

LIGHT = (
    "--ground: #ffffff; --text: #1f2328; --dim: #59636e; --line: #d1d9e0; --code: #f6f8fa; "
    "--bad: #b3131d; --warn: #7d4e00; --good: #116329; --note: #0550ae;"
)
DARK = (
    "--ground: #0d1117; --text: #e6edf3; --dim: #9198a1; --line: #3d444d; --code: #151b23; "
    "--bad: #ff7b72; --warn: #e3b341; --good: #56d364; --note: #79c0ff;"
)
