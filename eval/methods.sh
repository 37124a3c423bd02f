#!/usr/bin/env bash
# The paper's comparison over one language model: bash eval/methods.sh DATA URL#MODEL [OUT].
# A broken-off run goes on.  The figures in eval/ used SmolLM2-135M-Instruct behind eval/serve.py.
# With "" for the model, its replies are taken from OUT/replies, where an earlier run left them.
set -euo pipefail
data=$1
model=${2:+--lm $2}
here=$(dirname "$0")
out=${3:-$here/results}
mkdir -p "$out/replies"
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

ask() { # SET NAME [OPTIONS]: each run keeps replies of its own, so that none saves another time
    # shellcheck disable=SC2086
    run "$1" "$2" "${@:3}" $model --cache "$out/replies/$1-$2.sqlite"
}

run proofwriter gold --modules gold # PrOntoQA's theories are not annotated
for set in proofwriter prontoqa; do
    run $set compact
    for method in direct chain_of_thought selection_inference; do
        ask $set $method --method $method
    done
    ask $set lambada --method lambada --modules prompted
    ask $set ours --modules prompted
    for below in 0.5 0.8 0.95 0.999; do
        printf 'modules = "cascade"\nbelow = %s\n' $below >"$mix/below.toml"
        ask $set cascade-$below --modules "$mix/below.toml"
    done
done
