"""How good and how fast plans are: published optima, and portfolios.

    python benchmarks/plan.py                 # the optima of the next release problem, and two portfolios
    python benchmarks/plan.py --proofs 200    # clashes, whys and person-weeks proven on so many random models each

Seconds are those of this machine; what counts are gaps and counts.
"""

import argparse
import csv
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from builders import model
from plan.worlds import DATA, PROFIT, plan, release_problem, team, work
from platctl.questions.plan.derive import PlanShown
from platctl.questions.plan.solving import planner
from platctl.scheduling.milp import SearchLimits

_TEAMS = 8


def portfolio(initiatives: int, seed: int):
    """Initiatives for eight teams, with prerequisites; half of the work fits into four quarters."""
    choose = random.Random(seed)
    texts, total = [], 0
    for at in range(initiatives):
        who = choose.sample(range(_TEAMS), choose.choice([1, 1, 2, 3]))
        weeks = {f"t{each}": choose.randint(1, 12) for each in who}
        total += sum(weeks.values())
        after = choose.sample(range(at), min(at, choose.choice([0, 0, 0, 1, 2]))) if at else []
        needs = f"depends_on: [{', '.join(f'i{each}' for each in after)}]"
        effort = ", ".join(f"{name}: {amount}" for name, amount in weeks.items())
        texts.append(work(f"i{at}", choose.randint(50, 2000), effort, needs))
    capacity = max(total // (2 * _TEAMS * 4), 1)
    teams = [team(f"t{each}", capacity) for each in range(_TEAMS)]
    return model("---\n".join([*teams, *texts]), config=PROFIT + "plan: {discount: 0.08}\n")


def proofs(models: int) -> None:
    """Each sentence of a plan against every plan there is, on other models than the tests have."""
    from hypothesis import settings

    settings.register_profile("proofs", derandomize=False, database=None, deadline=None, max_examples=models)
    settings.load_profile("proofs")
    from plan import test_why

    with planner(SearchLimits(gap=0.0)) as running:
        test_why.test_a_clash_is_true_and_has_no_part_to_spare(running)
        print(f"clashes: true and minimal on {models} models", flush=True)
    test_why.test_what_is_left_out_would_need_exactly_so_much_more()
    print(f"what is left out: would need exactly so much more on {models} models", flush=True)
    test_why.test_one_more_person_week_is_the_difference_of_two_optima()
    print(f"one more person-week: the difference of two optima on {models // 4} models", flush=True)


def main() -> None:
    """Print one line for each problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proofs", type=int, metavar="N", help="only prove what plans say, on N random models each")
    if models := parser.parse_args().proofs:
        proofs(models)
        return
    if DATA.is_dir():
        with (DATA / "optimal.csv").open() as file:
            for row in csv.DictReader(file):
                name, ratio, optimum = row["instance"], float(row["cost_ratio"]), int(row["optimal_profit"])
                begin = time.perf_counter()
                limits = SearchLimits(gap=0.0, seconds=120)
                report = plan(release_problem(name, ratio), PlanShown(why=0), limits, horizon=1)
                took = time.perf_counter() - begin
                print(
                    f"{name} {ratio}: {report.value:.0f} of {optimum}, {report.proof.value}, {took:.1f} s", flush=True
                )
    for seed in (1, 2):
        begin = time.perf_counter()
        report = plan(portfolio(500, seed), PlanShown(why=0), SearchLimits(gap=0.01))
        lost = report.comparison
        print(
            f"500 initiatives, 8 teams, 4 quarters, seed {seed}: gap {100 * (report.gap or 0):.2f} %, "
            f"ranking loses {100 * (lost.by_score or 0):.1f} %, bundles {100 * (lost.by_bundle or 0):.1f} %, "
            f"{time.perf_counter() - begin:.1f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
