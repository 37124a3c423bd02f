#!/usr/bin/env bash
# The paper's comparison over one language model: bash eval/methods.sh DATA URL#MODEL [OUT].
# A broken-off run goes on.  The figures in eval/ used SmolLM2-135M-Instruct behind eval/serve.py.
set -euo pipefail
data=$1
model=$2
here=$(dirname "$0")
out=${3:-$here/results}
mix=$(mktemp -d)
trap 'rm -rf "$mix"' EXIT

run() { # SET NAME [OPTIONS]
    local file draw
    case $1 in
        proofwriter) file=dev/proofwriter_depth5_open.jsonl.gz draw="--limit 63 --by-depth" ;;
        prontoqa) file=dev/prontoqa_5hop_fictional.jsonl.gz draw="--limit 50" ;;
    esac
    echo "== methods-$1-$2" >&2
    # shellcheck disable=SC2086
    lambada-bc evaluate "$data/$file" $draw --seed 0 --out "$out/methods-$1-$2" "${@:3}"
}

run proofwriter gold --modules gold # PrOntoQA's theories are not annotated
for set in proofwriter prontoqa; do
    run $set compact
    for method in direct chain_of_thought selection_inference; do
        run $set $method --method $method --lm "$model"
    done
    run $set lambada --method lambada --modules prompted --lm "$model"
    run $set ours --modules prompted --lm "$model"
    for below in 0.5 0.8 0.95 0.999; do
        printf 'modules = "cascade"\nbelow = %s\n' $below >"$mix/below.toml"
        run $set cascade-$below --modules "$mix/below.toml" --lm "$model"
    done
done
