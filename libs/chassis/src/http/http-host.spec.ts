import { connect } from 'node:net';
import { eventually } from '@isu/testing';
import { HttpHost } from './http-host.js';

describe('one port for all that is mounted on it', () => {
  let host: HttpHost;
  let base: string;
  let port: number;

  beforeEach(async () => {
    host = new HttpHost({ expects: ['collection', 'benefits'], headersTimeoutMs: 300 });
    ({ port } = await host.listen(0, '127.0.0.1'));
    base = `http://127.0.0.1:${port}`;
  });
  afterEach(() => host.close());

  const mount = (name: string, ready = true) =>
    host.mount({
      name,
      prefix: `/api/${name}`,
      handle: (_, response) => void response.end(name),
      ready: async () => ({ ready, checks: { database: ready ? 'ok' : 'failed' } }),
    });
  const text = async (path: string) => (await fetch(`${base}${path}`)).text();
  const status = async (path: string) => (await fetch(`${base}${path}`)).status;

  /** What comes back on a raw connection until it is closed. */
  const raw = (sent: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(sent));
      let received = '';
      socket.on('data', (bytes) => (received += bytes.toString()));
      socket.on('close', () => resolve(received));
      socket.on('error', () => resolve(received));
    });

  it('hands each request to the service of its prefix, to the letter', async () => {
    mount('collection');
    mount('benefits');
    host.mountRoot((_, response) => void response.end('welcome'));
    expect(await text('/api/collection/v1/x')).toBe('collection');
    expect(await text('/api/benefits')).toBe('benefits');
    expect(await text('/')).toBe('welcome');
    expect(await status('/api/collections/v1/x')).toBe(404);
  });

  it('R15 — is ready when all that is expected is there and ready, and alive before', async () => {
    expect([await status('/health/live'), await status('/health/ready')]).toEqual([200, 503]);
    mount('collection');
    expect(await status('/health/ready')).toBe(503);
    expect(await status('/api/benefits/v1/x')).toBe(503);
    const leave = mount('benefits');
    expect(await status('/health/ready')).toBe(200);
    await leave();
    mount('benefits', false);
    expect(await status('/health/ready')).toBe(503);
  });

  it('keeps an idle connection for longer than the 60 seconds of what usually stands before it', async () => {
    mount('collection');
    const { headers } = await fetch(`${base}/api/collection/v1/x`);
    expect(headers.get('keep-alive')).toBe('timeout=65');
  });

  it('R13 — lets go of a client that sends its head drop by drop: 408', async () => {
    expect(await raw('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('I8 — turns down a head of 17 KiB: 431', async () => {
    expect(await raw(`GET / HTTP/1.1\r\nHost: a\r\nX-Large: ${'a'.repeat(17 * 1024)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('waits for a request under way before a mount is gone, and takes no new one', async () => {
    let release: () => void = () => undefined;
    let entered = false;
    const unmount = host.mount({
      name: 'collection',
      prefix: '/api/collection',
      handle: (_, response) => {
        entered = true;
        release = () => void response.end('done');
      },
      ready: async () => ({ ready: true, checks: {} }),
    });
    const asking = text('/api/collection/v1/slow');
    await eventually(() => entered, { withinMs: 2_000 });
    let gone = false;
    const leaving = unmount().then(() => (gone = true));
    expect(await status('/api/collection/v1/other')).toBe(503);
    expect(gone).toBe(false);
    release();
    expect(await asking).toBe('done');
    await leaving;
  });
});
