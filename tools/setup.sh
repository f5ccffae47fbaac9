#!/bin/sh
# Makes the virtual environment $1 and installs the requirements file $2 and the project into it.
#   PYTHON=python3.12      the interpreter to use (3.11 to 3.13)
#   TORCH_INDEX=URL|pypi   where torch comes from, when the choice below is not yours (old CUDA drivers: …/whl/cu126)
set -eu
venv=$1 requirements=$2

find_python() {
    for python in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && return
    done
    echo "setup: needs Python 3.11, 3.12 or 3.13; name one with PYTHON=..." >&2
    exit 1
}

if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    find_python
    echo "setup: $python makes $venv"
    "$python" -m venv "$venv" || { echo "setup: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
fi
pip() { "$venv/bin/python" -m pip --disable-pip-version-check "$@"; }
pinned() { grep -E "^$1==" requirements.txt; }

# pip's own configuration may name a folder that has the wheel; else a Linux machine without an NVIDIA GPU takes the
# CPU build, which is gigabytes smaller; else PyPI's build is right.
if [ "${TORCH_INDEX:-}" = pypi ]; then
    :
elif [ -n "${TORCH_INDEX:-}" ]; then
    pip install -q -c constraints.txt --index-url "$TORCH_INDEX" "$(pinned torch)" "$(pinned torchvision)"
elif pip install -q --no-index --no-deps "$(pinned torch)" 2>/dev/null; then
    echo "setup: torch is there already, or lies in a folder that pip knows"
elif [ "$(uname -s)" = Linux ] && ! nvidia-smi >/dev/null 2>&1; then
    echo "setup: no NVIDIA GPU, so the CPU build of torch"
    pip install -q --retries 1 -c constraints.txt --index-url https://download.pytorch.org/whl/cpu \
        "$(pinned torch)" "$(pinned torchvision)" ||
        echo "setup: that index is out of reach; PyPI's build brings several GB of CUDA libraries" >&2
fi
echo "setup: installing $requirements (a minute or two)"
pip install -q -r "$requirements" -c constraints.txt
pip install -q --no-deps -e .
