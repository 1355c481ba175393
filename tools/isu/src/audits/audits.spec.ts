import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { genesis, linkHash, type ChainLink } from '@isu/contracts';
import { fakeSystem, type FakeSystem } from '../terminal/fake-system.spec-kit.js';
import { isu } from '../terminal/terminal.spec-kit.js';

function chainOf(count: number): ChainLink[] {
  let head = genesis;
  return Array.from({ length: count }, (_, rank) => {
    const entry = { id: String(rank + 1), act: 'batch-accepted' };
    head = { position: rank + 1, hash: linkHash(head.hash, entry) };
    return { ...head, entry };
  });
}
const links = chainOf(3);
const [one, two, three] = links as [ChainLink, ChainLink, ChainLink];
const page = (items: readonly ChainLink[]) => ({ json: { head: { position: items.at(-1)?.position ?? 0, hash: '' }, items } });
const journals = (exchange: readonly ChainLink[] = links) => ({
  'GET /api/affiliation/v1/journals/access': page([]),
  'GET /api/collection/v1/journals/access': page([one]),
  'GET /api/benefits/v1/journals/access': page([]),
  'GET /api/urssaf-sync/v1/journals/access': page([]),
  'GET /api/urssaf-sync/v1/journals/exchange': page(exchange),
});

const folder = mkdtempSync(join(tmpdir(), 'isu-audit-'));
const fileOf = (name: string, lines: readonly unknown[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
};

let system: FakeSystem | undefined;
afterEach(async () => {
  await system?.close();
  system = undefined;
});

describe('N5 R9 isu audit verify', () => {
  it('walks every journal of the system from genesis, as an auditor who says why', async () => {
    system = await fakeSystem(journals());
    const { code, out } = await isu(['audit', 'verify', '--url', system.url]);
    expect(code).toBe(0);
    expect(out).toMatch(/urssaf-sync\/exchange\s+3\s+[0-9a-f]{16}\s+entier/);
    expect(out).toContain('Rien n’a été changé ni retiré.');
    expect(system.received.map(({ asker }) => [asker.get('role'), asker.get('purpose')])).toEqual(
      Array.from({ length: 5 }, () => ['auditor', 'Vérification des journaux']),
    );
  });

  it('names the first entry that breaks, and ends with 4', async () => {
    system = await fakeSystem(journals([one, { ...two, entry: { id: '2', act: 'batch-refused' } }, three]));
    const { code, out } = await isu(['audit', 'verify', '--journal', 'exchange', '--url', system.url]);
    expect(code).toBe(4);
    expect(out).toContain('rompu à l’inscription 2 : l’inscription n’est plus celle qui a été scellée');
  });

  it('goes on page after page, and no further than where the chain ended when it began', async () => {
    system = await fakeSystem({
      'GET /api/urssaf-sync/v1/journals/exchange': ({ path }) => {
        const after = Number(new URL(path, 'http://fake').searchParams.get('after'));
        return { json: { head: { position: after === 0 ? 2 : 3, hash: '' }, items: links.slice(after, after + 1) } };
      },
    });
    const { code, out } = await isu([
      'audit',
      'verify',
      '--service',
      'urssaf-sync',
      '--journal',
      'exchange',
      '--json',
      '--url',
      system.url,
    ]);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { whole: true, journals: [{ name: 'urssaf-sync/exchange', head: { position: 2, hash: two.hash }, fault: null }] },
    ]);
  });

  it('offline: a file exported before, with the heads kept from receipts', async () => {
    system = await fakeSystem(journals());
    const exported = await isu(['audit', 'export', '--service', 'urssaf-sync', '--journal', 'exchange', '--url', system.url]);
    const file = fileOf('whole.ndjson', exported.out.trim().split('\n').map((line) => JSON.parse(line) as unknown)); // prettier-ignore
    expect((await isu(['audit', 'verify', file])).code).toBe(0);

    const heads = fileOf('heads.ndjson', [{ format: 'isu-heads/1', access: genesis, exchange: { position: 3, hash: three.hash } }]);
    expect((await isu(['audit', 'verify', file, '--journal', 'exchange', '--heads', heads])).code).toBe(0);
    const cut = await isu(['audit', 'verify', fileOf('cut.ndjson', [one, two]), '--journal', 'exchange', '--heads', heads, '--json']);
    expect([cut.code, JSON.parse(cut.out)]).toMatchObject([4, { whole: false, journals: [{ fault: { position: 3, code: 'cut-short' } }] }]);
    const removed = await isu(['audit', 'verify', fileOf('removed.ndjson', [one, three])]);
    expect([removed.code, removed.out]).toEqual([4, expect.stringContaining('rompu à l’inscription 2 : un maillon manque')]);
  });

  it('refuses what it cannot read, and journals that there are not', async () => {
    for (const args of [
      ['verify', join(folder, 'absent.ndjson')],
      ['verify', fileOf('other.ndjson', [{ hello: 1 }])],
      ['verify', '--journal', 'ledger', '--url', 'http://127.0.0.1:1'],
      ['verify', '--service', 'benefits', '--journal', 'exchange', '--url', 'http://127.0.0.1:1'],
      ['verify', fileOf('one.ndjson', [one]), '--heads', fileOf('heads-2.ndjson', [])],
    ])
      expect((await isu(['audit', ...args])).code).toBe(2);
  });
});

describe('F53 isu flows', () => {
  const flow = {
    ...{ partner: 'urssaf', flow: 'payments', direction: 'in', calendar: 'business-days', lastNumber: 12, completedThrough: '2016-05-19' },
    ...{ awaitedThrough: '2016-05-18', isLate: false, lateSince: null, gaps: [], givenUp: [], unacknowledged: [] },
  };
  const asked = async (...items: unknown[]) => {
    system = await fakeSystem({ 'GET /api/urssaf-sync/v1/flows': { json: { items } } });
    return isu(['flows', '--url', system.url]);
  };

  it('shows each flow beside its calendar, complete through which day', async () => {
    const { code, out } = await asked(flow);
    expect(code).toBe(0);
    expect(out).toMatch(/urssaf\/payments\s+reçu\s+jours ouvrés\s+12\s+19.mai.2016\s+18.mai.2016\s+à jour/u);
  });

  it('gives programs the answer as it is', async () => {
    system = await fakeSystem({ 'GET /api/urssaf-sync/v1/flows': { json: { items: [flow] } } });
    expect(JSON.parse((await isu(['flows', '--json', '--url', system.url])).out)).toEqual({ items: [flow] });
  });

  it('names what was given up beside a flow that goes on, and not what came after all', async () => {
    const givenUp = [
      { number: 9, attestation: 'ATT-2', givenUpAt: '2016-05-18T09:00:00.000Z', arrivedAt: null },
      { number: 8, attestation: 'ATT-1', givenUpAt: '2016-05-18T09:00:00.000Z', arrivedAt: '2016-05-19T09:00:00.000Z' },
    ];
    const { code, out } = await asked({ ...flow, givenUp });
    expect(code).toBe(0);
    expect(out).toMatch(/à jour\s+9\s*$/mu);
  });

  it('says since when one is late and which batches are missing, and ends with 4', async () => {
    const late = {
      ...flow,
      completedThrough: '2016-05-10',
      isLate: true,
      lateSince: '2016-05-11',
      gaps: [
        { from: 7, to: 7 },
        { from: 9, to: 11 },
      ],
    };
    const told = { ...flow, flow: 'assessments', direction: 'out', unacknowledged: [{ from: 4, to: 6, businessDate: '2016-05-17' }] };
    const { code, out } = await asked(late, told, { ...flow, flow: 'balances', lastNumber: null, completedThrough: null, isLate: true });
    expect(code).toBe(4);
    expect(out).toMatch(/en retard depuis le 11.mai.2016/u);
    expect(out).toContain('7, 9 à 11');
    expect(out).toMatch(/urssaf\/assessments\s+envoyé.*4 à 6/u);
    expect(out).toContain('en retard, jamais commencé');
  });
});
