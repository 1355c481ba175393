import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eventually, inventedNir } from '@isu/testing';
import { AffiliationAlone, askers, insured, type Claims } from '../affiliation.spec-kit.js';

let affiliation: AffiliationAlone;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
});
afterAll(() => affiliation?.close());

const page = readFileSync(new URL('../../../../docs/cfe-files.md', import.meta.url), 'utf8');
const [, example = ''] = /```ndjson\n([\s\S]*?)```/.exec(page) ?? [];

const send = (text: string, as: Claims = askers.operator) =>
  affiliation.ask('POST', '/cfe-files', { as, body: text, headers: { 'content-type': 'application/x-ndjson' } });
const linesOf = async (centre: string, number: number, as: Claims = askers.rsiNational) =>
  (await affiliation.ask('GET', `/cfe-files/${centre}/${String(number)}/lines?limit=500`, { as })).json['lines'] as {
    line: number;
    outcome: string;
    code: string | null;
    field: string | null;
    account: string | null;
  }[];
const outcomesOf = async (centre: string, number: number) => (await linesOf(centre, number)).map(({ outcome, code }) => code ?? outcome);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
interface Written {
  readonly text: string;
  readonly digest: string;
}
interface Chained {
  readonly previousDigest?: string | null;
  readonly businessDate?: string;
}
function file(centre: string, number: number, events: readonly object[], { previousDigest = null, ...more }: Chained = {}): Written {
  const said = { businessDate: '2016-05-19', previousDigest, createdAt: '2016-05-19T17:00:00Z' };
  const header = { type: 'header', format: 'isu-cfe/1', centre, number, ...said, ...more };
  const body = [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
  const digest = sha256(body);
  return { digest, text: `${body}${JSON.stringify({ type: 'trailer', count: events.length, digest })}\n` };
}
let rank = 600;
const newNir = (): string => inventedNir({ sex: 'F', bornOn: '1985-04-12', department: '93', rank: (rank += 1) });
const creation = (reference: string, nir: string, more: object = {}) => ({
  ...{ type: 'creation', reference, nir, familyName: 'Moreau', givenNames: 'Léa', birthDate: '1985-04-12' },
  ...{ register: 'repertoire-des-metiers', regime: 'common', startedOn: '2016-05-02', department: '93', ...more },
});
const withoutTraces = async () => {
  const counts = await affiliation.counts();
  return Object.fromEntries(Object.entries(counts).filter(([table]) => !/\.(fact|outbox|stream_head|log|head|cursor)$/.test(table)));
};

describe('F61 — the file of a formalities centre', () => {
  it('the example of docs/cfe-files.md, byte for byte, meets the outcomes that the page says', async () => {
    const { status, json } = await send(example);
    expect([status, json['outcomes']]).toEqual([201, { applied: 4, proposed: 1, duplicate: 0, conflict: 0, refused: 1 }]);
    const lines = await linesOf('cma-93', 1);
    expect(lines.map(({ line, outcome, code }) => [line, outcome, code])).toEqual([
      [2, 'applied', null],
      [3, 'applied', null],
      [4, 'applied', null],
      [5, 'proposed', null],
      [6, 'applied', null],
      [7, 'refused', 'not-found'],
    ]);
    const [lea, , tom] = lines.map(({ account }) => account ?? '');
    const read = async (path: string) => (await affiliation.ask('GET', `/insured-persons/${path}`, { as: askers.rsi12 })).json;
    expect(await read(`${lea ?? ''}/situation`)).toMatchObject({ group: 'artisan', fund: '12', startedOn: '2016-05-02', regime: 'common' });
    // One month after the complete file was received, 20 May.
    expect(await read(`${lea ?? ''}/acre-requests`)).toMatchObject([{ decideBy: '2016-06-20', decision: null }]);
    expect((await read(`${lea ?? ''}/establishments`))['establishments']).toMatchObject([
      { siret: '73282932000314', openedOn: '2016-05-02', closedOn: '2016-05-17', main: false },
      { siret: '73282932000322', openedOn: '2016-05-18', closedOn: null, main: true, naf: '47.76Z' },
    ]);
    expect(await read(`${tom ?? ''}/situation`)).toMatchObject({ group: 'commercant', regime: 'micro-social', fund: '12' });
    expect(await read(`${tom ?? ''}/contact`)).toMatchObject({ address: '3 place de la Gare, 69003 Lyon', changedBy: 'operator' });
    expect(await read(`${tom ?? ''}/proposals`)).toMatchObject([{ kind: 'fund-change', state: 'proposed', content: { department: '69' } }]);
    expect(await read(`${lea ?? ''}/changes?subject=establishment`)).toMatchObject({
      changes: [{}, { reason: 'CFE cma-93, formalité P2-2016-0202', organisation: 'operator' }, { change: 'closed' }],
    });
    const said = (await affiliation.factsOf('flow/cfe/cma-93')).map(({ type, data }) => [type, data]);
    expect(said).toEqual([
      ['affiliation.cfe-file-taken.v1', expect.objectContaining({ number: 1, count: 6, applied: 4, proposed: 1, refused: 1 })],
    ]);
  });

  it('R11 the same file again, and twenty times at once, is one file: the same answer, nothing changed', async () => {
    const [before, first] = [await affiliation.counts(), await send(example)];
    expect(await affiliation.counts()).toEqual(before);
    const text = file('cma-75', 1, [creation('P0-1', newNir()), creation('P0-2', newNir())]).text;
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(text)));
    expect(new Set(answers.map(({ status, json }) => `${String(status)} ${JSON.stringify(json['outcomes'])}`)).size).toBe(1);
    expect(answers[0]?.json['outcomes']).toMatchObject({ applied: 2, refused: 0 });
    expect(first.status).toBe(201);
    expect(await affiliation.factsOf('flow/cfe/cma-75')).toHaveLength(1);
  });

  it('R14 I9 nothing that identifies is left in clear, in a table, an answer or on the bus', async () => {
    const stored = await affiliation.everythingStored();
    for (const secret of ['285049306650122', '191029306650236', 'Moreau', 'Diallo', 'rue des Lilas', 'place de la Gare', 'lea.moreau'])
      expect([secret, stored.includes(secret)]).toEqual([secret, false]);
    expect(await affiliation.database.query('SELECT FROM affiliation.cfe_waiting_line')).toEqual([]);
  });

  it('a formality counts once: doubled, contradicted, refused and then told again', async () => {
    const [nir, other] = [newNir(), newNir()];
    const typo = creation('P0-9', other, { naf: '99.99Z' });
    const one = file('cci-75', 1, [creation('P0-8', nir), creation('P0-8', nir), creation('P0-8', nir, { givenNames: 'Zoé' }), typo]);
    await send(one.text);
    expect(await outcomesOf('cci-75', 1)).toEqual(['applied', 'duplicate', 'reference-with-other-content', 'unknown-naf']);
    const two = file('cci-75', 2, [creation('P0-9', other, { naf: '47.76Z' }), creation('P0-10', nir)], { previousDigest: one.digest });
    await send(two.text);
    expect(await outcomesOf('cci-75', 2)).toEqual(['applied', 'already-registered']);
    expect((await linesOf('cci-75', 1)).at(-1)).toMatchObject({ field: 'naf', account: null });
  });

  it('each kind of formality ends in the use case of its route; a new start after an end is the same account', async () => {
    const [nir, spouse] = [newNir(), newNir()];
    const [siret, second] = ['73282932000330', '73282932000348'];
    const opening = { type: 'establishment-opening', siret: second, openedOn: '2016-05-10', legalForm: 'ei' };
    const events = [
      creation('1', nir, { siret }),
      creation('2', spouse),
      { type: 'spouse', reference: '3', nir, spouseNir: spouse, bond: 'pacs', employees: 3, from: '2016-05-03', option: 'half-of-income' },
      { ...opening, reference: '4', nir },
      { type: 'establishment-closing', reference: '5', nir, siret: second, on: '2016-05-12' },
      { type: 'modification', reference: '6', nir, from: '2016-05-13', register: 'registre-du-commerce', regime: 'micro-social' },
      { type: 'cessation', reference: '7', nir, on: '2016-05-16', cause: 'sale' },
      creation('8', nir, { register: 'none', startedOn: '2016-05-18', activity: 'Conseil' }),
      { type: 'cessation', reference: '9', nir: '285049306650199', on: '2016-05-16', cause: 'sale' },
    ];
    await send(file('urssaf-idf', 1, events).text);
    expect(await outcomesOf('urssaf-idf', 1)).toEqual([...Array.from({ length: 8 }, () => 'applied'), 'nir-key-wrong']);
    const lines = await linesOf('urssaf-idf', 1);
    expect(new Set([0, 2, 3, 4, 5, 6, 7].map((at) => lines[at]?.account)).size).toBe(1);
    const account = lines[0]?.account ?? '';
    const types = (await affiliation.factsOf(account)).map(({ type }) => type.slice('affiliation.'.length, -'.v1'.length));
    expect(types.filter((type) => type !== 'establishments-changed')).toEqual(['registered', 'spouse-linked', 'status-changed', 'ended', 'registered']); // prettier-ignore
    const { json } = await affiliation.ask('GET', `/insured-persons/${account}/situation`, { as: askers.rsiNational });
    expect(json).toMatchObject({ group: 'profession-liberale', fund: '29', startedOn: '2016-05-18', state: 'active' });
  });
});

describe('F61 — many creations in one file', () => {
  it('register their people together, in the order of the lines, each with the outcome that it would have alone', async () => {
    // Read back as they were said, though the first is nothing to COPY, and the second its end.
    const shopNames = ['\\N', '\\.', 'Crémerie \\t « Été »'];
    const nirs = Array.from({ length: 260 }, newNir);
    const lines = nirs.map((nir, at) =>
      creation(`N-${String(at)}`, nir, { siret: at === 0 ? '73282932000355' : undefined, activity: shopNames[at] }),
    );
    const nobody = creation('N-typo', newNir(), { naf: '99.99Z' });
    const again = creation('N-again', nirs[3] ?? '');
    const written = file('cma-13', 1, [...lines.slice(0, 100), nobody, again, ...lines.slice(100)]);
    const { status, json } = await send(written.text);
    expect([status, json['outcomes']]).toEqual([201, { applied: 260, proposed: 0, duplicate: 0, conflict: 0, refused: 2 }]);
    const first = await linesOf('cma-13', 1);
    const accounts = first.flatMap(({ account }) => account ?? []);
    expect(first.slice(100, 102).map(({ code }) => code)).toEqual(['unknown-naf', 'already-registered']);
    // One after the other in the caisse 12: the eleven digits before the key grow by one.
    const numbers = accounts.map((account) => Number(account.slice(0, 11)));
    expect(numbers.every((number, rank) => rank === 0 || number === (numbers[rank - 1] ?? 0) + 1)).toBe(true);
    expect(new Set(first.map(({ line }) => line)).size).toBe(262);
    const [facts, { json: read }, { json: shops }] = await Promise.all([
      affiliation.factsOf(accounts[259] ?? ''),
      affiliation.ask('GET', `/insured-persons/${accounts[259] ?? ''}/changes`, { as: askers.rsi12 }),
      affiliation.ask('GET', `/insured-persons/${accounts[0] ?? ''}/establishments`, { as: askers.rsi12 }),
    ]);
    const activities = accounts.slice(0, 4).map(async (account) => (await affiliation.ask('GET', `/insured-persons/${account}`, { as: askers.rsi12 })).json['activity']); // prettier-ignore
    expect(await Promise.all(activities)).toEqual([...shopNames, null]);
    expect(facts.map(({ type, seq }) => [type, seq])).toEqual([['affiliation.registered.v1', 1]]);
    expect(read).toMatchObject({
      changes: [
        { version: 1, subject: 'situation' },
        { version: 2, subject: 'activity' },
      ],
    });
    expect(shops['establishments']).toMatchObject([{ siret: '73282932000355', main: true }]);
    // Told again by another file, each is a duplicate that says the same account, and nobody is registered twice.
    await send(file('cma-13', 2, lines, { previousDigest: written.digest }).text);
    expect((await linesOf('cma-13', 2)).map(({ outcome, account }) => `${outcome} ${account ?? ''}`)).toEqual(
      accounts.map((account) => `duplicate ${account}`),
    );
    expect(await affiliation.database.query('SELECT FROM affiliation.staged_registration')).toEqual([]);
  });
});

describe('R10 I8 — a file that is not right', () => {
  const right = (number = 1, chained: Chained = {}) => file('cma-69', number, [creation(`P0-${String(number)}`, newNir())], chained);

  it.each<[string, () => string, number, string]>([
    ['cut inside its last line', () => right().text.slice(0, -9), 422, 'line-cut'],
    ['without its trailer', () => right().text.replace(/\{"type":"trailer".*\n$/, ''), 422, 'trailer-missing'],
    ['with a line turned', () => right().text.replace('Léa', 'Lea'), 422, 'digest-differs'],
    ['with a line doubled', () => right().text.replace(/(\{"type":"creation".*\n)/, '$1$1'), 422, 'count-differs'],
    ['with a field too many', () => file('cma-69', 1, [creation('P0-1', newNir(), { salary: '1' })]).text, 422, 'field-unknown'],
    ['of tomorrow', () => right(1, { businessDate: '2016-05-21' }).text, 422, 'business-date-ahead'],
    ['that names no file before it', () => right(2).text, 422, 'previous-digest-misplaced'],
    ['that is none', () => 'bonjour', 422, 'line-cut'],
  ])('%s is refused whole, and leaves its refusal and nothing else', async (_, text, status, code) => {
    const before = await withoutTraces();
    const answer = await send(text());
    expect([answer.status, answer.json['code']]).toEqual([status, 'file-refused']);
    expect((answer.json['errors'] as { code: string }[]).map((fault) => fault.code)).toContain(code);
    expect(await withoutTraces()).toEqual(before);
  });

  it('out of order, files are taken in, and the missing number is named until it comes; another content under a number is a conflict', async () => {
    const one = right();
    const two = right(2, { previousDigest: one.digest });
    const three = right(3, { previousDigest: two.digest });
    const missing = async () => (await affiliation.ask('GET', '/cfe-files', { as: askers.cell12 })).json['missing'] as { centre: string }[];
    const ofLyon = async () => (await missing()).filter(({ centre }) => centre === 'cma-69');
    expect([(await send(one.text)).status, (await send(three.text)).status]).toEqual([201, 201]);
    expect(await ofLyon()).toEqual([{ centre: 'cma-69', from: 2, to: 2 }]);
    const other = await send(right(2, { previousDigest: one.digest }).text);
    expect([other.status, (other.json['errors'] as { code: string }[])[0]?.code]).toEqual([409, 'next-batch-names-another']);
    expect((await send(two.text)).status).toBe(201);
    expect(await ofLyon()).toEqual([]);
    const conflict = await send(right(2, { previousDigest: one.digest }).text);
    expect([conflict.status, conflict.json['code']]).toEqual([409, 'file-conflict']);
  });
});

describe('I9 — a file acts as far as who hands it in may see', () => {
  it('an agent of another caisse changes nobody: the lines look as if there were no such person', async () => {
    const nir = newNir();
    const one = file('cma-95', 1, [creation('P0-1', nir)]);
    await send(one.text, askers.rsi12);
    const account = (await linesOf('cma-95', 1))[0]?.account ?? '';
    const ending = { type: 'cessation', reference: 'P4-1', nir, on: '2016-05-10', cause: 'sale' };
    await send(file('cma-95', 2, [ending, creation('P0-2', newNir())], { previousDigest: one.digest }).text, askers.rsi26);
    expect(await outcomesOf('cma-95', 2)).toEqual(['not-found', 'not-found']);
    // Whoever cannot reach the account is not told its number either.
    expect((await linesOf('cma-95', 1, askers.rsi26))[0]?.account).toBeNull();
    expect((await linesOf('cma-95', 1, askers.rsi12))[0]?.account).toBe(account);
    const { json } = await affiliation.ask('GET', `/insured-persons/${account}/situation`, { as: askers.rsi12 });
    expect(json['state']).toBe('active');
  });

  it.each<[string, Claims]>([
    ['the person', insured('1200000000176')],
    ['an agent of Urssaf', askers.urssaf12],
  ])('%s hands in no file', async (_, as) => {
    expect((await send(example, as)).status).toBe(403);
  });
});

describe('I10 — a fault in the middle', () => {
  it('leaves what was done, and the rest goes on by itself, once', async () => {
    const [nir, last] = [newNir(), newNir()];
    const acre = { type: 'acre-request', reference: 'A-1', nir, complete: true };
    const text = file('cma-33', 1, [creation('P0-1', nir), acre, creation('P0-2', last)]).text;
    await affiliation.database.query('ALTER TABLE affiliation.acre_request RENAME TO acre_request_away');
    const broken = await send(text);
    expect(broken.status).toBe(500);
    expect(await outcomesOf('cma-33', 1)).toEqual(['applied']);
    await affiliation.database.query('ALTER TABLE affiliation.acre_request_away RENAME TO acre_request');
    await eventually(async () => (await outcomesOf('cma-33', 1)).length === 3, { withinMs: 30_000 });
    const { json } = await send(text);
    expect(json['outcomes']).toMatchObject({ applied: 3, refused: 0 });
    expect(await affiliation.factsOf('flow/cfe/cma-33')).toHaveLength(1);
  });
});
