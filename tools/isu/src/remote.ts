import type { Command } from 'commander';
import type { Author } from '@isu/contracts';
import { WrongUsage } from './exit-codes.js';

/** What every command that speaks to a running system takes. */
export interface Remote {
  readonly url?: string;
  readonly json?: boolean;
}

export const remote = (command: Command): Command =>
  command
    .option('--url <adresse>', 'où le système répond (sinon ISU_URL, sinon le dossier ISU_FOLDER)')
    .option('--json', 'du JSON pour les programmes');

/** Written here rather than taken from @isu/contracts, which pricing has no need to load. */
const services: readonly Author[] = ['affiliation', 'collection', 'benefits', 'urssaf-sync'];

export function readService(name: string): Author {
  const service = services.find((known) => known === name);
  if (!service) throw new WrongUsage(`service inconnu : ${name} ; acceptés : ${services.join(', ')}`);
  return service;
}
