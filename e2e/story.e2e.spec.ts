import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './running-system.js';

const run = promisify(execFile);

describe('the main story, as npm run demo tells it', () => {
  let text = '';
  // The story asserts each of its steps itself; what people read is checked here.
  beforeAll(async () => {
    const { stdout } = await run(process.execPath, ['--enable-source-maps', join(root, 'tools/embedded/dist/demo.js')], {
      cwd: root,
      timeout: 240_000,
    });
    text = stdout.replace(/[\u00a0\u202f]/g, ' ');
  }, 300_000);

  it('F45 F49 F50 F77 N1 I3 I5 ends with one account in three services, whatever happened to the files', () => {
    expect(text).toContain('cotisations de 2016');
    expect(text).toContain('12 087,00 €');
    expect(text).toMatch(/avant : 0 trimestre\(s\) de 2016 sur 3/);
    expect(text).toMatch(/après : 1 trimestre\(s\) de 2016 sur 3/);
    expect(text).toContain('Même reçu, octet pour octet');
    expect(text).toMatch(/Le lot \d+ du flux « urssaf\/payments » manque/);
    expect(text.match(/Trois services, trois copies des faits, une empreinte/g)).toHaveLength(2);
  });

  it('R3 N5 F53 F104 ends the night with equal books: payments, returns, incomes and surcharges, 0 lines and 0 cents apart', () => {
    expect(text).toMatch(/Comptes comparés : 5\d ; lignes, par compte, année et cotisation : \d{4}\./);
    expect(text).toMatch(/majorations de retard appelées : [1-9][\d ]*,\d\d €/);
    expect(text).toContain('Différences : 0 ligne(s), 0,00 €.');
  });
});
