/**
 * Changes the figures of the law one at a time, which Stryker cannot (they are texts to it): a rate or an amount by its last decimal, a date by
 * a month. `node tools/mutation/figures.mjs [every] [first]` tries one figure in so many and tells those whose change no spec sees.
 */
import { basename, relative } from 'node:path';
import { bundle, program } from './bundle.mjs';
import { startable } from './start.mjs';

const lawFile = /libs\/calc\/src\/(rules|law)\/(?!.*\.spec\.ts$)/;
const figure = /(?<=Rate\.(?:percent|of)\(|Money\.(?:of|euros)\(|knot\(|\bfrom: |\bvalue: )('[\d./-]+'|\d+)(?=[),]| )/g;

const figures = [];
const asked = 'globalThis.lawFigure';

/** `'6.5'` becomes `(the one that is asked for ? '6.6' : '6.5')`. */
function withAlternatives(path, text) {
  if (!lawFile.test(path)) return text;
  return text.replace(figure, (literal, _, at) => {
    const other = changed(literal.replaceAll("'", ''));
    if (other === null) return literal;
    const id = figures.push({ path: relative(process.cwd(), path), line: text.slice(0, at).split('\n').length, literal, other }) - 1;
    return `(${asked} === ${id} ? ${literal.startsWith("'") ? `'${other}'` : other} : ${literal})`;
  });
}

function changed(text) {
  if (/^\d{4}-\d\d-\d\d$/.test(text))
    return `${text.slice(0, 5)}${String((Number(text.slice(5, 7)) % 12) + 1).padStart(2, '0')}${text.slice(7)}`;
  if (!/^\d+(\.\d+)?$/.test(text)) return null;
  const places = text.split('.')[1]?.length ?? 0;
  return (Number(text) + 10 ** -places).toFixed(places);
}

await bundle(withAlternatives);
const [every, first] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 0)];
const run = startable(program);
const failing = await run();
if (failing !== null) throw new Error(`the specs fail on the law as it is: ${failing}`);
let [tried, killed] = [0, 0];
for (let id = first; id < figures.length; id += every) {
  globalThis.lawFigure = id;
  tried += 1;
  if ((await run(basename(figures[id].path, '.ts'))) !== null) killed += 1;
  else console.log(`survived: ${figures[id].path}:${figures[id].line} ${figures[id].literal} → ${figures[id].other}`);
}
console.log(`${killed} killed of ${tried} tried, among ${figures.length} figures`);
