#!/bin/sh
# build-printpod.sh FOLDER VERSION...: builds FOLDER/bin/printpod-VERSION, printpod.go linked with
# k8s.io/kubernetes of that version (v1.36.3). Needs Go, its module proxy, and some minutes for each.
set -e
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/bin"
folder=$(cd "$1" && pwd)
shift
for version in "$@"; do
  mkdir -p "$folder/work/$version"
  cd "$folder/work/$version"
  cp "$here/printpod.go" main.go
  source=$(go mod download -json "k8s.io/kubernetes@$version" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  staging=v0.${version#v1.}
  {
    echo "module printpod"
    echo "go $(sed -n 's/^go //p' "$source/go.mod")"
    echo "require k8s.io/kubernetes $version"
    # Kubernetes' staging modules are published as v0.x.y; its own replacements hold for them too.
    sed -n '/^require/,/^)/p; /^replace/,/^)/p' "$source/go.mod" |
      sed "s#=> \./staging/src/\(k8s\.io/[a-z-]*\).*#=> \1 $staging#"
    sed -nE "s#^[[:space:]]*(k8s\.io/[a-z-]+) v0\.0\.0( .*)?\$#replace \1 => \1 $staging#p" "$source/go.mod"
  } | awk '!/^replace / || !seen[$2]++' > go.mod
  # Modules that the printer doesn't need may be missing from a proxy: an empty one does.
  until GOFLAGS=-mod=mod GOTOOLCHAIN=local go build -o "$folder/bin/printpod-$version" . 2> build.err; do
    missing=$(sed -nE 's#^go: (k8s\.io/[a-z-]+)@v.* (403|404) .*#\1#p' build.err | head -1)
    if [ -z "$missing" ] || [ -d "stub/$missing" ]; then
      cat build.err >&2
      exit 1
    fi
    mkdir -p "stub/$missing"
    echo "module $missing" > "stub/$missing/go.mod"
    sed -E "s#^([[:space:]]*(replace )?$missing( v[^ ]*)? => ).*#\1./stub/$missing#" go.mod > go.mod.new
    mv go.mod.new go.mod
  done
  echo "$folder/bin/printpod-$version"
done
