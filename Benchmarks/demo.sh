#!/usr/bin/env bash
# Four questions on the shipped datasets; the argument is the command.
set -euo pipefail
cd "$(dirname "$0")/.."
bilan=$1

ask() {
  printf '\n\033[1m$ bilan %s\033[0m\n' "$*"
  "$bilan" "$@" --format table --max-rows 12
}

echo "The results, beneficiaries and enterprises below are synthetic; their totals agree with published figures."
ask run targets_exceeded --since 2019
ask run achievement_by_region_and_year
ask run women_share_by_region
ask run cost_per_job
cat <<'TEXT'

That was four saved queries of the folder queries/. To ask your own:

  .build/release/bilan                    opens the shell; .help shows what can be typed there
  .build/release/bilan queries            lists the saved queries
  .build/release/bilan -c 'from results | where exceeded | count by region'
TEXT
