import { mayHoldSocket } from './postgres.js';

/** `/` and the name of a socket, `.s.PGSQL.54321`, are 15 bytes of the 103 that a path may have: 88 are left to the folder. */
const folderOf = (bytes: number): string => `/${'f'.repeat(bytes - 1)}`;
const port = 54_321;

it('reaches the database through a socket where the path of one is not too long for the system, in bytes', () => {
  expect(mayHoldSocket({ folder: folderOf(88), port })).toBe(true);
  expect(mayHoldSocket({ folder: folderOf(89), port })).toBe(false);
  expect(mayHoldSocket({ folder: `${folderOf(86)}é`, port })).toBe(true);
  expect(mayHoldSocket({ folder: `${folderOf(87)}é`, port })).toBe(false);
});
