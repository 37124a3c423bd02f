#!/usr/bin/env bash
# What the training data are worth: bash eval/training_ablations.sh DATA OUT
# Readers and comparers trained anew from MiniLM, all for the same few minutes on one thread, each
# without one kind of data; then what they answer of eval/free_english/open.  Two run at a time.
set -euo pipefail
data=$1
out=$2
export OMP_NUM_THREADS=1
mkdir -p "$out"

make() { # KIND COMMAND …: the sentences of a kind, once
    [ -s "$out/$1.jsonl" ] || python -m "${@:2}"
    awk 'NR % 2' "$out/$1.jsonl" >"$out/$1-half.jsonl"
}
make grammar scripts.reading_data --by-hand 0 --size 15000 --seed 81 --out "$out/grammar.jsonl"
make written scripts.reading_data --by-hand 1 --size 25000 --seed 82 --out "$out/written.jsonl"
make gold scripts.reading_data.convert "$data" --each 2500 --out "$out/gold.jsonl"

reader() { # NAME FILE …
    [ -e "$out/$1/done" ] || python -u -m scripts.train_reader --rate 8e-4 --minutes 10 \
        --out "$out/$1" --data "${@:2}" >"$out/$1.log" 2>&1
    touch "$out/$1/done"
}
comparer() { # NAME [OPTION …]
    [ -e "$out/$1/done" ] || python -u -m scripts.train_comparer "$data" --lexical 15000 \
        --rate 2e-4 --minutes 7 --out "$out/$1" "${@:2}" >"$out/$1.log" 2>&1
    touch "$out/$1/done"
}
answers() { # NAME READER COMPARER
    printf '%s: ' "$1"
    python -m scripts.adapted eval/free_english/open "$out/results/$2-$3" \
        --reader "$out/$2" --comparer "$out/$3" | tail -1
}

grammar=$out/grammar written=$out/written gold=$out/gold
{
    reader reader "$grammar.jsonl" "$written.jsonl" "$gold.jsonl"
    reader reader-without-grammar "$written.jsonl" "$gold.jsonl"
    reader reader-without-written "$grammar.jsonl" "$gold.jsonl"
} &
{
    comparer comparer
    comparer comparer-without-nli --without nli
    comparer comparer-without-groups --without groups
    comparer comparer-half --share 0.5
    reader reader-half "$grammar-half.jsonl" "$written-half.jsonl" "$gold-half.jsonl"
} &
wait

answers all reader comparer
answers "half the data" reader-half comparer-half
answers "no sentences of the grammar" reader-without-grammar comparer
answers "no sentences written by hand" reader-without-written comparer
answers "no NLI pairs" reader comparer-without-nli
answers "no groups written by hand" reader comparer-without-groups
