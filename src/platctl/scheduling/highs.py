"""The process of the solver: reads programs as lines of JSON and answers each. Only `milp.solver` starts it."""

import time
from collections.abc import Mapping
from typing import Any

from platctl.scheduling.child import Answer, Tell, answer_all

_EVERY = 1.0
"""Seconds between two lines of progress."""


def main() -> None:
    """Answer until the input ends."""
    answer_all(_prepare)


def _prepare() -> Answer:
    import highspy
    import numpy as np

    return lambda asked, tell: _solved(asked, highspy, np, tell)


def _solved(asked: Mapping[str, Any], highspy: Any, np: Any, tell: Tell) -> Mapping[str, object]:
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("threads", asked["workers"])
    engine.setOptionValue("random_seed", 0)
    engine.setOptionValue("mip_rel_gap", asked["gap"])
    engine.setOptionValue("mip_abs_gap", 0.5)  # the worth is whole
    engine.setOptionValue("mip_max_nodes", asked["nodes"])
    if asked["seconds"]:
        engine.setOptionValue("time_limit", asked["seconds"])
    engine.passModel(_model(asked, highspy, np))
    if asked["start"]:
        start = highspy.HighsSolution()
        start.col_value = asked["start"]
        engine.setSolution(start)
    told = time.monotonic()

    def watch(event: Any) -> None:
        nonlocal told
        if time.monotonic() - told >= _EVERY:
            told, found = time.monotonic(), event.data_out
            tell({"progress": [-found.mip_primal_bound, -found.mip_dual_bound]})

    engine.cbMipInterrupt += watch
    engine.run()
    return _answer(engine, highspy)


def _model(asked: Mapping[str, Any], highspy: Any, np: Any) -> Any:
    infinity = highspy.kHighsInf
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(asked["worth"]), len(asked["rows"])
    model.col_cost_ = np.array([-each for each in asked["worth"]], dtype=float)
    model.col_lower_ = np.array(asked["lower"], dtype=float)
    model.col_upper_ = np.array(asked["upper"], dtype=float)
    model.row_lower_ = np.array([-infinity if row[0] is None else row[0] for row in asked["rows"]], dtype=float)
    model.row_upper_ = np.array([infinity if row[1] is None else row[1] for row in asked["rows"]], dtype=float)
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in asked["integer"]]
    starts, indices, factors = [0], [], []
    for _, _, terms in asked["rows"]:
        for column, factor in terms:
            indices.append(column)
            factors.append(factor)
        starts.append(len(indices))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts)
    model.a_matrix_.index_ = np.array(indices)
    model.a_matrix_.value_ = np.array(factors, dtype=float)
    return model


def _answer(engine: Any, highspy: Any) -> dict[str, object]:
    status, info = engine.getModelStatus(), engine.getInfo()
    statuses = highspy.HighsModelStatus
    if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):
        return {"outcome": "infeasible", "values": [], "worth": 0.0, "bound": 0.0}
    has_values = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if not has_values:
        return {"outcome": "unknown", "values": [], "worth": 0.0, "bound": -info.mip_dual_bound}
    worth = -info.objective_function_value
    is_mixed = any(each != highspy.HighsVarType.kContinuous for each in engine.getLp().integrality_)
    bound = -info.mip_dual_bound if is_mixed else worth
    is_optimal = status == statuses.kOptimal and (not is_mixed or bound - worth < 1)
    return {
        "outcome": "optimal" if is_optimal else "feasible",
        "values": list(engine.getSolution().col_value),
        "worth": worth,
        "bound": bound,
    }


if __name__ == "__main__":
    main()
