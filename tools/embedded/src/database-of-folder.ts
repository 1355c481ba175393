import { DataFolder } from '@isu/isu/folder';
import { beginPostgres, startPostgres, type RunningPostgres } from './postgres.js';
import { keptSecret } from './secrets.js';

export const defaultFolder = '.isu/data';

const of = (folder: DataFolder) => ({ folder: folder.within('postgres'), password: keptSecret(folder.within('postgres.secret')) });

export const startDatabaseOf = (folder: DataFolder): Promise<RunningPostgres> => startPostgres(of(folder));

/**
 * Makes and starts the database of the folder that `npm start` will use, while everything else is still being loaded: a second of each start, and
 * three of the first. What is wrong with the folder is said by who takes it next. Undone by whoever cannot go on.
 */
export function beginDatabaseOf(given: string): () => Promise<void> {
  try {
    if (given === '') throw new Error('The settings will refuse it.');
    const folder = DataFolder.take(given);
    const beginning = beginPostgres(of(folder));
    return () =>
      beginning.then(
        ({ stop }) => stop(),
        () => undefined,
      );
  } catch {
    return () => Promise.resolve();
  }
}
