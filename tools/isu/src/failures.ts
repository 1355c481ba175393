import { exitCodes, type ExitCode } from './exit-codes.js';
import { SaidNo, SystemUnreachable } from './system-client.js';
import { jsonLine, type Terminal } from './terminal/terminal.js';

/** Tells why a command did not do its work: to people in words, to programs as `{"problem":{…}}` on the output. */
export async function toldFailure(error: unknown, { json, terminal }: { json: boolean; terminal: Terminal }): Promise<ExitCode> {
  if (error instanceof SaidNo) {
    if (json) await terminal.write(jsonLine({ problem: { status: error.status, ...error.problem } }));
    else terminal.tell(`Refusé : ${error.message}\n${detailsOf(error)}`);
    return isOutage(error) ? exitCodes.unreachable : exitCodes.refused;
  }
  if (error instanceof SystemUnreachable) {
    if (json)
      await terminal.write(jsonLine({ problem: { code: 'system-unreachable', title: 'Système injoignable', detail: error.message } }));
    else terminal.tell(`${error.message}\n`);
    return exitCodes.unreachable;
  }
  terminal.tell(`Erreur de notre fait : ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.fault;
}

/** Said by a gateway, or by a service that waits for something it needs. */
const isOutage = ({ status }: SaidNo): boolean => status >= 502 && status <= 504;

interface FieldRefusal {
  readonly field?: string;
  readonly accepted?: string;
}

/** Field by field; in a file, line by line (`line 12, amount`). */
function detailsOf({ problem: { errors = [] } }: SaidNo): string {
  const details = (errors as readonly FieldRefusal[]).map(({ field = '', accepted = '' }) => {
    const place = field.replace(/^line /, 'ligne ');
    return `  ${place === '' ? '' : `${place} : `}accepté : ${accepted}\n`;
  });
  return details.join('');
}
