import { expect, it } from '@jest/globals';
import { Crash, Failpoints } from './failpoints.js';

it('crashes at the named place, as many times as asked, then lets pass', async () => {
  const failpoints = new Failpoints();
  failpoints.crashAt('posted before commit', { times: 2 });
  await expect(failpoints.reach('received')).resolves.toBeUndefined();
  await expect(failpoints.reach('posted before commit')).rejects.toThrow(Crash);
  await expect(failpoints.reach('posted before commit')).rejects.toThrow('posted before commit');
  await expect(failpoints.reach('posted before commit')).resolves.toBeUndefined();
  expect(failpoints.reached).toHaveLength(4);
});

it('holds whoever comes until it is released', async () => {
  const failpoints = new Failpoints();
  const { held, release } = failpoints.holdAt('published before marking');
  const seen: string[] = [];
  const worker = failpoints.reach('published before marking').then(() => seen.push('worker'));
  await held;
  seen.push('test');
  release();
  await worker;
  expect(seen).toEqual(['test', 'worker']);
});
