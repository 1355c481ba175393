import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './running-system.js';

const run = promisify(execFile);

describe('the main story, as npm run demo tells it', () => {
  // The story asserts each of its steps itself; what people read is checked here.
  it('F45 F49 F50 F77 N1 I3 I5 ends with one account in three services, whatever happened to the files', async () => {
    const { stdout } = await run(process.execPath, ['--enable-source-maps', join(root, 'tools/embedded/dist/demo.js')], {
      cwd: root,
      timeout: 240_000,
    });
    const text = stdout.replace(/[\u00a0\u202f]/g, ' ');
    expect(text).toContain('cotisations de 2016');
    expect(text).toContain('12 087,00 €');
    expect(text).toMatch(/avant : 0 trimestre\(s\) de 2016 sur 3/);
    expect(text).toMatch(/après : 1 trimestre\(s\) de 2016 sur 3/);
    expect(text).toContain('Même reçu, octet pour octet');
    expect(text).toMatch(/Le lot \d+ du flux « urssaf\/payments » manque/);
    expect(text.match(/Trois services, trois copies des faits, une empreinte/g)).toHaveLength(2);
  }, 300_000);
});
