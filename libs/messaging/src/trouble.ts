/** The author does not know yet whether it was restored from an old backup, so nobody may write: wait, nothing is wrong. */
export class NotAcceptingWrites extends Error {}

/** Connection lost, deadlock or serialization, out of resources, shutting down, lock not had in time. */
const troubleStates = /^(08...|40001|40P01|53...|57P..|55P03|25P0[34])$/;
const troubleSockets = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** pg and TypeORM say these without a code. */
const troubleWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|Client was closed|Cannot use a pool|Driver not Connected|Connection is not established)/;
const troubleNames = new Set([
  'NotAcceptingWrites',
  'ConnectionIsNotSetError',
  'CannotConnectAlreadyConnectedError',
  'DriverNotConnectedError',
  // TypeORM gives up a runner whose connection was lost; whoever goes on with its transaction meets this.
  'QueryRunnerProviderAlreadyReleasedError',
  'QueryRunnerAlreadyReleasedError',
]);

/** A fault of the road to the database, not of the fact in hand: wait and try again, set nothing aside. */
export function isPassingTrouble(fault: unknown): boolean {
  return chainOf(fault).some((error) => {
    const code = codeOf(error);
    return (
      error instanceof NotAcceptingWrites ||
      troubleNames.has(error.name) ||
      (code !== null && (troubleStates.test(code) || troubleSockets.has(code) || isMissingSocket(error))) ||
      (code === null && troubleWords.test(error.message))
    );
  });
}

/** What may be logged of a fault: its kind and code. Messages can hold values, so they stay in the service's own tables. */
export function faultFields(fault: unknown): { fault: string; code: string | null } {
  const chain = chainOf(fault);
  const coded = chain.find((error) => codeOf(error) !== null);
  return { fault: chain[0]?.name ?? typeof fault, code: coded ? codeOf(coded) : null };
}

/** The cause as the set-aside row keeps it for whoever repairs. */
export function causeText(fault: unknown): string {
  const text = fault instanceof Error ? `${fault.name}: ${fault.message}` : `thrown: ${String(fault)}`;
  return text.replaceAll('\0', '').slice(0, 2_000);
}

/** A server that is stopped takes its socket away. A file that is missing is another matter. */
const isMissingSocket = (error: Error): boolean => codeOf(error) === 'ENOENT' && (error as NodeJS.ErrnoException).syscall === 'connect';

function chainOf(fault: unknown): Error[] {
  const chain: Error[] = [];
  for (let next: unknown = fault; next instanceof Error && chain.length < 8; next = causeOf(next)) chain.push(next);
  return chain;
}

const causeOf = (error: Error): unknown => ('driverError' in error ? error.driverError : error.cause);

const codeOf = (error: Error): string | null => ('code' in error && typeof error.code === 'string' ? error.code : null);
