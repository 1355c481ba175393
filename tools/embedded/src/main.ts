import { beginDatabaseOf, defaultFolder } from './database-of-folder.js';

/** `npm start`: the whole system in one process, told about in the terminal. Its programs are loaded while its database is being made. */
const { ISU_FOLDER: folder = defaultFolder } = process.env;
process.stdout.write(`ISU démarre (dossier ${folder})…\n`);
const undo = beginDatabaseOf(folder);
const { startAndTell } = await import('./starting.js');
await startAndTell(undo);
