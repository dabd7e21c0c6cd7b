"""Writes start-order.txt: the functions that a start runs, Bilan's own and those of its libraries.

The linker lays them side by side, so that a start touches fewer pages: a page of text that is not mapped yet costs some
microseconds. A name that is no longer there is passed over, and what is not named stands behind; run it again for a new
toolchain and where much of what a start does has changed, with valgrind installed and an executable that has its symbols:

    make release STRIP=
    python3 Benchmarks/start-order.py .build/release/bilan
"""

import os
import re
import subprocess
import sys
import tempfile

from cold import write_table

FUNCTION = re.compile(r"c?fn=\(\d+\) (\S+)")
# Longer names are specialisations for one use, whose names change with all that they name.
LONGEST = 300


def functions(command, folder):
    """The mangled names of what a command runs."""
    profile = os.path.join(folder, "profile")
    subprocess.run(
        ["valgrind", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}", *command],
        cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(profile, encoding="utf-8", errors="replace") as file:
        for line in file:
            if match := FUNCTION.match(line):
                yield re.sub(r"'\d+$", "", match.group(1))


def main():
    names = set()
    with tempfile.TemporaryDirectory() as folder:
        # Valgrind may not know the toolchain's format of what is for debuggers.
        bilan = os.path.join(folder, "bilan")
        subprocess.run(["objcopy", "--strip-debug", sys.argv[1], bilan], check=True)
        write_table(os.path.join(folder, "tiny.csv"))
        question = 'from "tiny.csv" | where qty > 10 | summarize total = sum(qty * price), n = count by city | sort total desc'
        for query, form in (("1", "csv"), (question, "csv"), (question, "table")):
            names.update(functions([bilan, "-c", query, "--format", form], folder))
    kept = sorted(name for name in names if len(name) <= LONGEST and name[0] not in "0?(")
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "start-order.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(name + "\n" for name in kept)
    print(f"{len(kept)} functions")


if __name__ == "__main__":
    main()
