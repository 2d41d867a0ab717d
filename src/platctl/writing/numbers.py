"""Numbers for people: grouped by thousands, without meaningless digits."""


def number(value: float | None) -> str:
    """`1,639,568`, `20.4`, `0.0125`; nothing for None. Whole numbers have no decimals."""
    if value is None:
        return ""
    if value == round(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 1:
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:.3g}"


def brief(value: float | None) -> str:
    """Three digits, for tables: `4.64M`, `24.6k`, `17.5`; nothing for None."""
    if value is None:
        return ""
    for limit, sign in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= limit:
            scaled = value / min(limit, 1e3) if sign == "k" else value / limit
            return f"{_three(scaled)}{sign}"
    return number(float(_three(value)))


def _three(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def person_weeks(weeks: float) -> str:
    """`1 person-week`, `2.5 person-weeks`."""
    return f"{number(weeks)} person-week{'' if weeks == 1 else 's'}"


def percent(share: float) -> str:
    """`12 %`, `0.4 %`."""
    shown = share * 100
    return f"{shown:.0f} %" if shown >= 10 or shown == round(shown) else f"{shown:.2g} %"
