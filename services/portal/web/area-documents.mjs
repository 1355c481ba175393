/**
 * A document for each area beside `index.html`: it holds the first sight of it (`firstSights`), names what the area is made of, so that the
 * browser fetches it beside the entry instead of after it, and begins with the script that asks in advance (src/asking/early.ts). The server
 * answers with the document of the address.
 */
export function areaDocuments({ early, areas, firstSights }) {
  return {
    name: 'area-documents',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: early });
    },
    async generateBundle(_, bundle) {
      const html = String(bundle['index.html'].source);
      const first = chunkOf(bundle, early).fileName;
      const withEarly = addedTo(html, [`<script type="module" async crossorigin src="/${first}"></script>`]);
      bundle['index.html'].source = withEarly;
      const sights = await firstSights();
      for (const [area, module] of Object.entries(areas)) {
        const links = piecesOf(bundle, module)
          .filter((piece) => !html.includes(piece))
          .map((piece) => `<link rel="modulepreload" crossorigin href="/${piece}">`);
        const sight = sights.get(area);
        if (sight === undefined) throw new Error(`${area} has no first sight`);
        const source = withSight(addedTo(withEarly, links), sight);
        this.emitFile({ type: 'asset', fileName: `${area}.html`, source });
      }
    },
  };
}

/** The chunk that holds a module, and all that it imports statically; each once. */
export function piecesOf(bundle, module) {
  const pieces = new Set();
  const add = (name) => {
    if (pieces.has(name) || bundle[name]?.type !== 'chunk') return;
    pieces.add(name);
    bundle[name].imports.forEach(add);
  };
  add(chunkOf(bundle, module).fileName);
  return [...pieces];
}

function chunkOf(bundle, module) {
  const found = Object.values(bundle).find(({ type, moduleIds }) => type === 'chunk' && moduleIds.some((id) => id.endsWith(module)));
  if (!found) throw new Error(`no chunk holds ${module}`);
  return found;
}

/** Before the first script of the document: the earlier it is read, the earlier it is asked for. */
const addedTo = (html, lines) => html.replace(/^\s*<script /mu, (script) => `${lines.map((line) => `    ${line}\n`).join('')}${script}`);

const withSight = (html, sight) => html.replace('<div id="app"></div>', () => `<div id="app">${sight}</div>`);
