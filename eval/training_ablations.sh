#!/usr/bin/env bash
# What each source of training data is worth: bash eval/training_ablations.sh DATA OUT
# Readers and comparers from MiniLM, each in equally many minutes on one thread, all but the first
# without one source; two are trained side by side.  Each is then evaluated on
# eval/free_english/open, with the shipped other part.  Two cores, three quarters of an hour.
set -euo pipefail
data=$1
out=$2
here=$(dirname "$0")
mkdir -p "$out"
export OMP_NUM_THREADS=1

draw() { # NAME ARGUMENTS…
    [ -s "$out/$1.jsonl" ] || python -m scripts.reading_data "${@:2}" --out "$out/$1.jsonl"
}

reader() { # NAME FILE…
    local name=$1 files=()
    for file in "${@:2}"; do files+=("$out/$file.jsonl"); done
    echo "== reader $name" >&2
    python -m scripts.train_reader --data "${files[@]}" --rate 1e-3 --minutes 12 \
        --held-out "written=$out/held_out.jsonl" --out "$out/reader-$name" >"$out/reader-$name.log"
}

comparer() { # NAME OPTIONS…
    echo "== comparer $1" >&2
    python -m scripts.train_comparer "$data" --lexical 25000 --rate 1.8e-4 --minutes 8 "${@:2}" \
        --out "$out/comparer-$1" >"$out/comparer-$1.log"
}

ask() { # PART NAME
    echo "$1 $2: $(python -m scripts.adapted "$here/free_english/open" "$out/$1-$2-asked" \
        "--$1" "$out/$1-$2")"
}

draw grammar --by-hand 0 --size 8000 --seed 91
draw written --by-hand 1 --size 8000 --seed 92
draw held_out --split written
[ -s "$out/gold.jsonl" ] || python -m scripts.reading_data.convert "$data" --each 2000 --out "$out/gold.jsonl"
for name in grammar written gold; do
    head -n $(($(wc -l <"$out/$name.jsonl") / 2)) "$out/$name.jsonl" >"$out/half-$name.jsonl"
done

(
    reader all grammar written gold
    reader no-grammar written gold
    reader no-written grammar gold
) &
(
    reader half half-grammar half-written half-gold
    comparer all
    comparer no-nli --without nli
    comparer half --share 0.5
) &
wait
for name in all no-grammar no-written half; do ask reader $name; done
for name in all no-nli half; do ask comparer $name; done
