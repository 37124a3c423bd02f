#!/usr/bin/env bash
# Runs the evaluations of the prover: bash eval/run.sh DATA [OUT].  A broken-off run goes on.
# PROCESSES=2 works on two theories side by side; only compact-proofwriter is timed, by itself.
set -euo pipefail
data=$1
out=${2:-$(dirname "$0")/results}
here=$(dirname "$0")

run() { # NAME DATA [OPTIONS]
    echo "== $1" >&2
    lambada-bc evaluate "$2" --out "$out/$1" --processes "${PROCESSES:-1}" "${@:3}"
}

for strategy in best_first lambada; do
    run "gold-proofwriter-$strategy" "$data/dev/proofwriter_depth5_open.jsonl.gz" --modules gold --method $strategy
    run "gold-ruletaker-$strategy" "$data/dev/ruletaker_depth5_open.jsonl.gz" --modules gold --method $strategy
done
PROCESSES=1 run compact-proofwriter "$data/dev/proofwriter_depth5_open.jsonl.gz"
run compact-prontoqa-5hop "$data/dev/prontoqa_5hop_fictional.jsonl.gz"
run compact-kb "$here/../kb"
python -m scripts.deep_theories --size 50 --seed 0 --out "$out/deep.jsonl"
run compact-deep "$out/deep.jsonl"
bases=$(mktemp -d)
python -m scripts.reading_data.bases --out "$bases"
run compact-bases "$bases"
run compact-free-english-open "$here/free_english/open"
run compact-free-english-blind "$here/free_english/blind"
for strategy in best_first lambada; do
    run "compact-200-$strategy" "$data/dev/proofwriter_depth5_open.jsonl.gz" --limit 200 --seed 0 --method $strategy
done
run compact-proverqa-easy "$data/dev/proverqa_easy.jsonl.gz" --limit 120 --seed 0
run compact-ruletaker "$data/dev/ruletaker_depth5_open.jsonl.gz"
run compact-prontoqa-4hop "$data/dev/prontoqa_4hop_fictional.jsonl.gz"
for hops in 1 2 3 4 5; do
    run "compact-prontoqa-true-${hops}hop" "$data/dev/prontoqa_${hops}hop_true_ontology.jsonl.gz"
done
python "$here/pack_records.py" "$out"/*ruletaker*
python "$here/pack_records.py" --without-proofs "$out/compact-free-english-blind"
