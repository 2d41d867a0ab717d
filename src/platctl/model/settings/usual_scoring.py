"""The built-in scoring models: the fields of each, with the numbers as they are after reading."""

from collections.abc import Mapping
from typing import Any

USUAL: Mapping[str, Mapping[str, Any]] = {
    "rice": {
        "title": "RICE",
        "value": "reach * impact * confidence",
        "size": "effort",
        "criteria": (
            {"id": "reach", "unit": "users"},
            {"id": "impact", "words": {"massive": 3.0, "high": 2.0, "medium": 1.0, "low": 0.5, "minimal": 0.25}},
            {"id": "confidence", "words": {"high": 1.0, "medium": 0.8, "low": 0.5}},
            {"id": "effort", "unit": "person-weeks"},
        ),
        "source": "Sean McBride, Intercom: RICE, simple prioritization for product managers",
    },
    "ice": {
        "title": "ICE",
        "value": "impact * confidence * ease",
        "criteria": ({"id": "impact"}, {"id": "confidence"}, {"id": "ease"}),
        "source": "Sean Ellis: impact, confidence, ease",
    },
    "wsjf": {
        "title": "WSJF",
        "value": "business_value + time_criticality + risk_reduction",
        "size": "job_size",
        "criteria": (
            {"id": "business_value"},
            {"id": "time_criticality"},
            {"id": "risk_reduction", "title": "risk reduction or opportunity enablement"},
            {"id": "job_size", "instead": "effort"},
        ),
        "source": "SAFe: weighted shortest job first",
    },
    "cd3": {
        "title": "CD3, cost of delay divided by duration",
        "value": "cost_of_delay",
        "size": "duration",
        "criteria": (
            {"id": "cost_of_delay", "unit": "money/week", "instead": "delay_cost"},
            {"id": "duration", "unit": "weeks"},
        ),
        "source": "Reinertsen: The Principles of Product Development Flow; Arnold: Black Swan Farming",
    },
    "value_effort": {
        "title": "Value against effort",
        "value": "value",
        "size": "effort",
        "criteria": ({"id": "value"}, {"id": "effort", "unit": "person-weeks"}),
    },
    "opportunity": {
        "title": "Opportunity score",
        "value": "importance + max(importance - satisfaction, 0)",
        "criteria": ({"id": "importance", "scale": (0.0, 10.0)}, {"id": "satisfaction", "scale": (0.0, 10.0)}),
        "source": "Ulwick: What Customers Want",
    },
    "moscow": {
        "title": "MoSCoW",
        "classes": ("must", "should", "could", "wont"),
        "criteria": ({"id": "moscow"},),
        "limits": {"must": 0.6},
        "source": "DSDM: MoSCoW prioritisation",
    },
    "kano": {
        "title": "Kano",
        "classes": ("must-be", "one-dimensional", "attractive", "indifferent", "questionable", "reverse"),
        "criteria": ({"id": "kano"},),
        "source": "Kano et al. 1984; Sauerwein et al. 1996",
    },
}
"""By the name used in `--model` and `scoring.model`."""
