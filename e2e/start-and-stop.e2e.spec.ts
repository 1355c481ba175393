import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SystemClient, type Asker } from '@isu/isu';
import { personas } from '@isu/testing';
import { root, RunningSystem } from './running-system.js';

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

describe('the embedded system, started as a person starts it', () => {
  let system: RunningSystem;
  afterEach(() => system.remove());

  it('I3 I10 loses nothing acknowledged when it is killed, and starts again on its folder', async () => {
    system = await RunningSystem.start();
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
    system = await RunningSystem.start();
    expect(await system.interrupt()).toBe(0);
    const { folder } = system;
    system = await RunningSystem.start({ folder });
    expect((await fetch(`${system.url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${system.url}/health/live`)).status).toBe(200);
  });

  it('refuses a second start on the same folder kindly, and goes on', async () => {
    system = await RunningSystem.start();
    const second = run(process.execPath, [join(root, 'tools/embedded/dist/main.js')], {
      env: { ...process.env, ISU_FOLDER: system.folder, ISU_PORT: '0', ISU_SIMULATED_URSSAF: 'off', ISU_DEMO: 'off' },
    });
    await expect(second).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('ISU tourne déjà') as unknown });
    expect((await fetch(`${system.url}/health/ready`)).status).toBe(200);
  });

  it('F3 shows a page that lists its services, and the document of each of them', async () => {
    system = await RunningSystem.start();
    const page = await (await fetch(`${system.url}/`)).text();
    for (const service of ['affiliation', 'collection', 'benefits', 'urssaf-sync']) {
      expect(page).toContain(`/api/${service}/docs`);
      const document = (await (await fetch(`${system.url}/api/${service}/v1/openapi.json`)).json()) as { openapi: string };
      expect(document.openapi).toMatch(/^3\.1/);
    }
  });
});
