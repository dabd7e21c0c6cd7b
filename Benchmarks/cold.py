"""Start to finish of a question on a 200-row CSV: Bilan beside sqlite3 and DuckDB's command line.

The engines take turns within a round, so that a drift of the machine hits all alike; quote ratios of one table. Their
answers are compared. Engines that are not installed are left out, and said to be.

    python3 Benchmarks/cold.py .build/release/bilan [--rounds 40]
"""

import argparse
import csv
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

CITIES = ["Accra", "Lima", "Quito", "Riga", "Tunis", "Rabat", "Liège", "Namur"]


def write_table(path):
    """200 rows: id, city, qty, price; the same every time."""
    state = 20210122
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "city", "qty", "price"])
        for number in range(1, 201):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            bits = state >> 33
            writer.writerow([number, CITIES[bits % 8], bits // 8 % 50, f"{bits // 400 % 10000 / 100:.2f}"])


def duckdb_program():
    """The program itself: the `duckdb` that pip installs is a Python script around it."""
    found = shutil.which("duckdb")
    if not found:
        return None
    with open(found, "rb") as file:
        if file.read(2) != b"#!":
            return found
    for folder in sys.path:
        for base, _, names in os.walk(os.path.join(folder, "duckdb_cli")) if folder else []:
            for name in names:
                path = os.path.join(base, name)
                if name == "duckdb" and os.access(path, os.X_OK):
                    return path
    return None


def commands(bilan, table):
    sql = "select city, sum(qty * price) total, count(*) n from {} where {} > 10 group by city order by total desc"
    result = {
        "bilan": [
            bilan, "-c",
            f'from "{table}" | where qty > 10 | summarize total = sum(qty * price), n = count by city | sort total desc',
            "--format", "csv",
        ]
    }
    if shutil.which("sqlite3"):
        result["sqlite3"] = [
            "sqlite3", ":memory:", "-csv", "-cmd", f".import {table} t", sql.format("t", "cast(qty as int)")]
    if program := duckdb_program():
        result["duckdb"] = [program, "-csv", "-noheader", "-c", sql.format(f"'{table}'", "qty")]
    return result


def rows(output, skip):
    table = list(csv.reader(io.StringIO(output)))[skip:]
    return [(city, round(float(total), 6), int(count)) for city, total, count in table]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bilan")
    parser.add_argument("--rounds", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, "tiny.csv")
        write_table(table)
        engines = commands(os.path.abspath(arguments.bilan), table)
        for name in ("sqlite3", "duckdb"):
            if name not in engines:
                print(f"{name}: not installed, left out")
        answers = {}
        for name, command in engines.items():
            done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=True)
            answers[name] = rows(done.stdout, 1 if name == "bilan" else 0)
        for name, answer in answers.items():
            if answer != answers["bilan"]:
                sys.exit(f"{name} answers otherwise:\n{answer}\n{answers['bilan']}")
        times = {name: [] for name in engines}
        for _ in range(arguments.rounds):
            for name, command in engines.items():
                start = time.perf_counter()
                subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
                times[name].append((time.perf_counter() - start) * 1000)
        own = statistics.median(times["bilan"])
        print(f"{'engine':10} {'median ms':>10} {'least ms':>10} {'bilan is':>10}")
        for name, values in times.items():
            median = statistics.median(values)
            ratio = "" if name == "bilan" else f"{own / median:9.2f}×"
            print(f"{name:10} {median:10.2f} {min(values):10.2f} {ratio:>10}")


if __name__ == "__main__":
    main()
