#!/bin/sh
# lay-out.sh SERVICE FOLDER: all that the image of a service holds, from a tree that is built. The Dockerfile and the rehearsal both call it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
node "$here/assemble.mjs" "$1" "$2"
cd "$2"
# No lifecycle script runs: nothing here needs one (@node-rs/argon2 comes with its binary), and none can surprise.
npm ci --omit=dev --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
# Half of what packages ship is for compilers and debuggers. Our own maps stay: traces must name our lines.
find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -iname '*.md' \) -not -iname '*licen*' -delete
