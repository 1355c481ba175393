import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SystemClient, type Asker } from '@isu/isu';
import { personas } from '@isu/testing';
import { root, RunningSystem } from './running-system.js';
import { WholeDatabase } from './whole-database.js';

const run = promisify(execFile);
const agent: Asker = { role: 'agent-national', org: 'rsi', purpose: 'Essai' };

const register = (client: SystemClient, key: string) => {
  const { karim } = personas;
  return client.post<{ account: string }>('/api/affiliation/v1/insured-persons', {
    as: agent,
    key,
    json: {
      nir: karim.nir,
      familyName: karim.lastName,
      givenNames: karim.firstName,
      birthDate: karim.bornOn,
      group: karim.group,
      startedOn: '2016-01-04',
      department: '93',
      fund: karim.fund,
    },
  });
};

/** Stories of one system on one folder: each begins where the one before it ended. */
describe('the embedded system, started as a person starts it', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await RunningSystem.start();
  }, 120_000);
  afterAll(() => system?.remove());

  it('F3 shows a page that lists its services, and the document of each of them', async () => {
    const page = await (await fetch(`${system.url}/`)).text();
    for (const service of ['affiliation', 'collection', 'benefits', 'urssaf-sync']) {
      expect(page).toContain(`/api/${service}/docs`);
      const document = (await (await fetch(`${system.url}/api/${service}/v1/openapi.json`)).json()) as { openapi: string };
      expect(document.openapi).toMatch(/^3\.1/);
    }
  });

  it('refuses a second start on the same folder kindly, and goes on', async () => {
    const second = run(process.execPath, [join(root, 'tools/embedded/dist/main.js')], {
      env: { ...process.env, ISU_FOLDER: system.folder, ISU_PORT: '0', ISU_SIMULATED_URSSAF: 'off', ISU_DEMO: 'off' },
    });
    await expect(second).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('ISU tourne déjà') as unknown });
    expect((await fetch(`${system.url}/health/ready`)).status).toBe(200);
  });

  it('I3 I10 loses nothing acknowledged when it is killed, and starts again on its folder', async () => {
    const first = await register(new SystemClient(system.url), 'e2e-register-karim');
    await system.kill();

    const { folder } = system;
    system = await RunningSystem.start({ folder });
    const client = new SystemClient(system.url);
    const read = await client.get<{ account: string }>(`/api/affiliation/v1/insured-persons/${first.body.account}`, agent);
    expect(read.body.account).toBe(first.body.account);
    // R11: the same demand with the same key gets the first answer, whatever happened between.
    const repeated = await register(client, 'e2e-register-karim');
    expect(repeated.text).toBe(first.text);
  });

  it('stops cleanly on Ctrl-C, and starts again', async () => {
    expect(await system.interrupt()).toBe(0);
    const { folder } = system;
    system = await RunningSystem.start({ folder });
    expect((await fetch(`${system.url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${system.url}/health/live`)).status).toBe(200);
  });
});

describe('an invented population', () => {
  let system: RunningSystem;
  beforeAll(async () => void (system = await RunningSystem.start()));
  afterAll(() => system.remove());

  const isu = (...words: readonly string[]) =>
    run(process.execPath, [join(root, 'tools/isu/dist/main.js'), ...words], {
      cwd: root,
      env: { ...process.env, ISU_FOLDER: system.folder },
    });
  const live = ['population', '--count', '10', '--seed', '7', '--until', '2016-07-06', '--json'];

  it('I3 I10 lives on where it was killed, its copies agree and its books balance; lived again, nothing happens twice', async () => {
    const killed = spawn(process.execPath, [join(root, 'tools/isu/dist/main.js'), ...live], {
      cwd: root,
      env: { ...process.env, ISU_FOLDER: system.folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // June is under way: people are there, and the first money is about to be told.
    for await (const said of killed.stderr) if (String(said).includes('2016-06-30')) break;
    killed.kill('SIGKILL');

    const lived = JSON.parse((await isu(...live)).stdout) as Record<string, number>;
    expect(lived['people']).toBeGreaterThan(7);
    expect([lived['refused'], lived['agreeing']]).toEqual([0, lived['compared']]);
    expect(lived['payments']).toBeGreaterThan(0);

    const again = JSON.parse((await isu(...live)).stdout) as Record<string, number>;
    expect(again).toMatchObject({ people: lived['people'], refused: 0, payments: 0, agreeing: lived['people'] });
    // Both answer with another code when a copy differs, or something could not be applied.
    await isu('divergence');
    expect((await isu('parked', 'list')).stdout).toContain('Rien');
    // Nobody says twice otherwise, and nobody's money or word is awaited in vain.
    const worklist = await new SystemClient(system.url).get<{ items: unknown[] }>('/api/urssaf-sync/v1/anomalies?limit=100', agent);
    expect(worklist.body.items).toEqual([]);
    const database = await WholeDatabase.open(system);
    try {
      expect(await database.ledgerFaults()).toEqual([]);
      expect(await database.moneyHeardTwice()).toEqual([]);
    } finally {
      await database.close();
    }
  }, 180_000);
});
