"""Writes start-order.txt: the functions of the Swift run time, its library and libc that a start runs.

The linker lays them side by side, so that a start touches fewer pages: a page of text that is not mapped yet costs some
microseconds. Bilan's own functions are left out, which change with every commit; a name that is no longer there is
passed over. Run it again for a new toolchain, with valgrind installed and an executable that has its symbols:

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
# Longer names are specialisations for one use.
LONGEST = 160


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
    bilan = os.path.abspath(sys.argv[1])
    names = set()
    with tempfile.TemporaryDirectory() as folder:
        write_table(os.path.join(folder, "tiny.csv"))
        question = 'from "tiny.csv" | where qty > 10 | summarize total = sum(qty * price), n = count by city | sort total desc'
        for query, form in (("1", "csv"), (question, "csv"), (question, "table")):
            names.update(functions([bilan, "-c", query, "--format", form], folder))
    kept = sorted(name for name in names if "Bilan" not in name and len(name) <= LONGEST and name[0] not in "0?(")
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "start-order.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(name + "\n" for name in kept)
    print(f"{len(kept)} functions")


if __name__ == "__main__":
    main()
