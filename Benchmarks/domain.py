#!/usr/bin/env python3
"""Makes results of programmes of any size, asks Bilan and DuckDB the same questions, and compares their answers.

    python domain.py DIRECTORY ROWS BILAN_BENCH [THREADS]

Needs numpy and duckdb. What DuckDB is asked is what an expert would write there by hand: achievement over the rows that
were reported, turned round where an indicator should fall, with how many of the rows expected were reported.
"""

import json
import os
import statistics
import subprocess
import sys
import time

PROGRAMMES, INDICATORS, REGIONS, PERIODS = 20, 40, 12, 40


def make(path, rows):
    """Writes a file of `rows` results: targets and actuals with gaps, every third indicator one that should fall."""
    import numpy as np

    random = np.random.default_rng(7)
    with open(path, "w", encoding="utf-8") as file:
        file.write("programme,indicator,measure,unit,direction,region,sex,period,baseline,target,actual\n")
        for start in range(0, rows, 500_000):
            count = min(500_000, rows - start)
            programme = random.integers(0, PROGRAMMES, count)
            indicator = random.integers(0, INDICATORS, count)
            region = random.integers(0, REGIONS, count)
            sex = random.integers(0, 2, count)
            period = random.integers(0, PERIODS, count)
            target = random.integers(20, 400, count)
            actual = (target * random.uniform(0.5, 1.4, count)).astype(int)
            gap = random.uniform(0, 1, count)
            lines = []
            for row in range(count):
                k = int(indicator[row])
                planned = "" if gap[row] > 0.98 else str(target[row])
                reached = "" if gap[row] < 0.1 else str(actual[row])
                lines.append(
                    f"Programme {programme[row]:02},indicator {k:02},unit,persons,{'down' if k % 3 == 0 else 'up'},"
                    f"Région {region[row]:02},{'FM'[sex[row]]},{2015 + period[row] // 4}-Q{period[row] % 4 + 1},"
                    f"{(500 if k % 3 == 0 else 10) + k},{planned},{reached}\n")
            file.write("".join(lines))


# What was reached of what was planned, over the rows that have both; of what should fall, how far it fell.
ATTAINED = "case when direction = 'down' then coalesce(baseline - actual, target) else actual end"
PLANNED = "case when direction = 'down' then coalesce(baseline - target, actual) else target end"
BOTH = "filter (where target is not null and actual is not null)"
ACHIEVEMENT = f"sum({ATTAINED}) {BOTH} / nullif(sum({PLANNED}) {BOTH}, 0)"
QUESTIONS = {
    "d1": (f"""select programme, indicator, region, sex, {ACHIEVEMENT} as achievement,
     count(*) filter (where target is not null and actual is not null) as reported,
     count(*) filter (where target is not null or actual is not null) as expected
     from results group by all""", ["achievement", "reported", "expected"]),
    "d2": (f"""select indicator, region, {ACHIEVEMENT} as achievement from results
     group by grouping sets ((indicator, region), (indicator), (region), ())""", []),
    "d3": ("""select *, actual - lag(actual) over (partition by indicator order by period) as change from
     (select indicator, period, sum(actual) as actual from results group by all)""", ["actual", "change"]),
    "d4": (f"""select * from (select region, indicator, {ACHIEVEMENT} as achievement from results group by all)
     qualify rank() over (partition by region order by achievement desc) <= 3""", ["achievement"]),
    "d5": (f"""select case when achievement > 1.1 then 'exceeded' when achievement >= 0.9 then 'met'
     when achievement is null then 'no data' else 'behind' end as status, count(*) as n from
     (select programme, indicator, region, sex, {ACHIEVEMENT} as achievement from results group by all) group by all""",
           ["n"]),
}


def ask_duckdb(path, threads, runs=5):
    import duckdb

    connection = duckdb.connect(config={"threads": threads})
    connection.execute(f"create table results as select * from read_csv('{path}')")
    for name in ["programme", "indicator", "direction", "region", "sex", "period"]:
        values = [row[0] for row in connection.execute(f"select distinct {name} from results order by 1").fetchall()]
        quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
        connection.execute(f"create type e_{name} as enum ({quoted})")
        connection.execute(f"alter table results alter {name} type e_{name}")
    answers = {}
    for name, (query, checks) in QUESTIONS.items():
        times = []
        for _ in range(runs):
            connection.execute("drop table if exists answer")
            start = time.perf_counter()
            connection.execute(f"create temp table answer as {query}")
            times.append(time.perf_counter() - start)
        sums = [connection.execute(f"select sum({check}) from answer").fetchone()[0] for check in checks]
        answers[name] = (times, [float(value) for value in sums])
    return answers


def ask_bilan(program, directory, size, threads, runs=5):
    output = subprocess.run(
        [program, "domain", "--data", directory, "--size", size, "--threads", str(threads), "--runs", str(runs)],
        check=True, capture_output=True, text=True).stdout
    return {line["q"]: line for line in map(json.loads, output.splitlines())}


def main():
    directory, rows, program = sys.argv[1], int(float(sys.argv[2])), sys.argv[3]
    threads = int(sys.argv[4]) if len(sys.argv) > 4 else 2
    size = f"{rows:.0e}".replace("e+0", "e")
    path = os.path.join(directory, f"results_{size}.csv")
    if not os.path.exists(path):
        make(path, rows)
    peers = ask_duckdb(path, threads)
    own = ask_bilan(program, directory, size, threads)
    print(f"{rows} rows, {threads} threads, best of five (first run)")
    ratios = []
    for name, (times, sums) in peers.items():
        line = own[name]
        if "error" in line:
            print(f"{name}  {line['error']}")
            continue
        ratio = min(line["seconds"]) / min(times)
        ratios.append(ratio)
        agrees = all(abs(a - b) <= 1e-6 * max(1, abs(b)) for a, b in zip(line["check"], sums)) or not sums
        print(
            f"{name}  Bilan {min(line['seconds']) * 1000:8.1f} ms ({line['seconds'][0] * 1000:.1f})   "
            f"DuckDB {min(times) * 1000:8.1f} ms ({times[0] * 1000:.1f})   {ratio:.2f}"
            + ("" if agrees else f"   differs: {line['check']} {sums}"))
    print(f"geometric mean {statistics.geometric_mean(ratios):.2f}")


main()
