import { isu } from '../terminal/terminal.spec-kit.js';
import { linesOf } from './lines.js';

interface Result {
  readonly lines?: readonly {
    readonly code: string;
    readonly base: string;
    readonly rate: string;
    readonly amount: string;
    readonly derivation?: object;
  }[];
  readonly total?: string;
  readonly problem?: { readonly code: string; readonly field: string; readonly accepted: string; readonly line?: number };
}

const trader = { year: 2016, status: 'commercant', stage: 'definitive', income: '26000' };
const text = (situation: object): string => JSON.stringify(situation);
const priced = async (situation: object): Promise<Result> => JSON.parse((await isu(['price', '--json', text(situation)])).out) as Result;
const batch = async (input: string | readonly Uint8Array[]): Promise<Result[]> => {
  const { out } = await isu(['price', '--batch', '--no-derivation'], input);
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Result);
};

describe('isu price --json', () => {
  it('F45 F77 answers the trader of the article in the published shape, to the byte', async () => {
    const { code, out } = await isu(['price', '--json', '--no-derivation', text(trader)]);
    expect(code).toBe(0);
    // The article of 2016: 1 690 + 182 + 559 + 4 589 + 1 820 + 338 + 2 814 + 95 = 12 087.
    expect(out).toBe(
      '{"year":2016,"status":"commercant","lines":[' +
        '{"code":"maladie","base":"26000","rate":"0.065","amount":"1690"},' +
        '{"code":"indemnites-journalieres","base":"26000","rate":"0.007","amount":"182"},' +
        '{"code":"allocations-familiales","base":"26000","rate":"0.0215","amount":"559"},' +
        '{"code":"retraite-base","base":"26000","rate":"0.1765","amount":"4589"},' +
        '{"code":"retraite-complementaire","base":"26000","rate":"0.07","amount":"1820"},' +
        '{"code":"invalidite-deces","base":"26000","rate":"0.013","amount":"338"},' +
        '{"code":"csg-crds","base":"35178","rate":"0.08","amount":"2814"},' +
        '{"code":"cfp","base":"38040","rate":"0.0025","amount":"95"}],' +
        '"total":"12087","rules":"2016.1"}\n',
    );
  });

  it.each([
    // 19 % of the PASS of 2016 = 7 337: 477 + 108 (on 15 446) + 158 + 1 295 + 514 + 95 + 587 (CSG on the flat base alone) = 3 234.
    ['F46 F73 the flat first year of a trader: 3 234 €', { year: 2016, status: 'commercant', stage: 'flat-first-year' }, '3234'],
    // 184 days of 366: 7 337 × 184 / 366 = 3 689; 240 + 108 + 79 + 651 + 258 + 48 + 295 = 1 679.
    [
      'the flat first year of a trader who starts on 1 July 2016: 1 679 €',
      { year: 2016, status: 'commercant', stage: 'flat-first-year', startedOn: '2016-07-01' },
      '1679',
    ],
    // The minimum contributions 108 + 784 + 58 = 950, CSG-CRDS on them 8 % = 76, training 95: 1 121.
    ['F75 F76 no income: 108 € + 784 € + 58 €, CSG-CRDS 76 €, training 95 €', { ...trader, income: '0' }, '1121'],
    [
      'F83 10 000 € of sales: 13.4 % = 1 340 €, and 0.1 % of training = 10 €',
      { year: 2016, status: 'micro-entrepreneur', turnover: '10000', activity: 'vente' },
      '1350',
    ],
  ])('prices %s', async (_, situation, total) => {
    expect((await priced(situation)).total).toBe(total);
  });

  it('I6 gives each line its derivation unless asked not to', async () => {
    const { lines = [] } = await priced(trader);
    expect(lines.every(({ derivation }) => derivation !== undefined)).toBe(true);
  });

  it('reads the situation from options or from the standard input too', async () => {
    const fromOptions = await isu(['price', '--json', '--year', '2016', '--status', 'commercant', '--income', '26000']);
    const fromInput = await isu(['price', '--json'], text(trader));
    expect(fromOptions.out).toBe(fromInput.out);
    expect((JSON.parse(fromInput.out) as Result).total).toBe('12087');
  });

  it('refuses with a problem and exit code 1, never repeating what was sent', async () => {
    const { code, out } = await isu(['price', '--json', text({ ...trader, income: '26000,125' })]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ problem: { code: 'bad-amount', field: 'income' } });
    expect(out).not.toContain('26000,125');
  });

  it('refuses a field written twice, whose first value would be lost in silence', async () => {
    const { out } = await isu(['price', '--json', '{"year":2016,"status":"artisan","stage":"definitive","income":"26000","income":"1"}']);
    expect(JSON.parse(out)).toMatchObject({ problem: { code: 'not-a-situation' } });
  });
});

describe('isu price, for people', () => {
  it('F45 shows each line and the total, in French', async () => {
    const { out } = await isu(['price', text(trader)]);
    expect(out).toContain('Commerçant, cotisations de 2016');
    expect(out.replace(/\s/gu, ' ')).toMatch(/Retraite de base +26 000 € +17,65 % +4 589 €/);
    expect(out.replace(/\s/gu, ' ')).toMatch(/Total +12 087 €/);
  });

  it('I6 explains each line: article, sentence, arithmetic, values in force', async () => {
    const { out } = await isu(['price', '--explain', text(trader)]);
    expect(out).toContain('Retraite de base — CSS, art. L. 633-10');
    expect(out).toContain('= round(26000 * 0.065)');
  });

  it('says what would be accepted, and ends with 1', async () => {
    const { code, out, err } = await isu(['price', '--year', '1890', '--status', 'artisan', '--income', '1']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/Accepté : une année de \d{4} à \d{4}/);
  });
});

describe('isu price --batch', () => {
  it('answers one line a line, in order, the bad ones with a problem and their number, and ends with 0', async () => {
    const bad = [
      'not json',
      '[]',
      '42',
      'null',
      '{"__proto__":{"year":2016}}',
      '{"year":2016}',
      '',
      '{"constructor":1}',
      '[['.repeat(20_000),
    ];
    const lines = [text(trader), ...bad, text({ ...trader, income: '0' })];
    const results = await batch(`${lines.join('\n')}\n`);
    expect(results).toHaveLength(lines.length);
    expect(results[0]?.total).toBe('12087');
    expect(results.at(-1)?.total).toBe('1121');
    expect(results.slice(1, -1).map(({ problem }) => problem?.line)).toEqual(bad.map((_, at) => at + 2));
    expect((await isu(['price', '--batch'], 'x\n')).code).toBe(0);
  });

  it('answers a last line without its line feed, and skips a byte order mark before the first', async () => {
    const results = await batch(`\uFEFF${text(trader)}\n${text(trader)}`);
    expect(results.map(({ total }) => total)).toEqual(['12087', '12087']);
  });

  it('drops a line longer than any situation as it comes, and goes on with the next', async () => {
    const huge = Array.from({ length: 40 }, () => Buffer.alloc(65_536, 'a'));
    const results = await batch([Buffer.from(`${text(trader)}\n"`), ...huge, Buffer.from(`"\n${text(trader)}\n`)]);
    expect(results.map(({ total, problem }) => total ?? problem?.code)).toEqual(['12087', 'line-too-long', '12087']);
  });

  it('takes lines cut anywhere, even inside a character', async () => {
    const bytes = Buffer.from(`{"é":1}\n${text(trader)}\n`);
    const results = await batch(Array.from(bytes, (byte) => Uint8Array.of(byte)));
    expect(results.map(({ total, problem }) => total ?? problem?.code)).toEqual(['unknown-field', '12087']);
  });

  it('holds no more than one line of a stream without end', async () => {
    let kept = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let chunk = 0; chunk < 2_000; chunk += 1) yield Buffer.alloc(65_536, 'a');
    }
    const before = process.memoryUsage().rss;
    for await (const lines of linesOf(endless())) kept += lines.length;
    expect(kept).toBe(1);
    // 131 MB went through.
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
  });

  it('refuses a situation beside it: they come from the standard input', async () => {
    expect((await isu(['price', '--batch', text(trader)])).code).toBe(2);
  });
});

describe('isu', () => {
  it.each([
    ['an unknown option', ['price', '--bogus'], 'option inconnue : --bogus'],
    ['an unknown command', ['bogus'], 'commande inconnue : bogus'],
    ['no command', [], 'il manque une commande'],
    ['a missing argument', ['account'], 'il manque l’argument « numéro »'],
    ['a missing reason', ['parked', 'give-up', 'collection/x'], 'il manque l’option'],
  ])('refuses %s in French with exit code 2', async (_, args, wording) => {
    const { code, out, err } = await isu(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(wording);
  });

  it('prints its help, and ends with 0', async () => {
    const { code, out } = await isu(['price', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('--no-derivation');
  });
});
