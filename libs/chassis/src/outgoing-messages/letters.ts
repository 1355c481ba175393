import { Day } from '@isu/values';
import type { PrintedDocument } from '../documents/document.js';
import { renderPdf } from '../documents/pdf.js';
import type { Logger } from '../logs/logger.js';
import { loopingWorker, type Worker } from '../workers/worker.js';
import type { MessageToDeliver } from './outgoing-message.js';
import type { OutgoingMessages } from './outgoing-messages.js';
import type { PrintPort } from './print-port.js';

interface Parts {
  readonly messages: OutgoingMessages;
  readonly port: PrintPort;
  /** The lines of the address, asked at this moment; none when nobody can say, and the letter then waits. */
  readonly addressOf: (account: string) => Promise<readonly string[] | null>;
  readonly log: Logger;
  readonly everyMs?: number;
}

const lettersAtATime = 20;

/** Takes the letters that wait, prints each once, and says what became of it: at least once, each under its own id. */
export function letterWorker({ messages, port, addressOf, log, everyMs = 5_000 }: Parts): Worker {
  const printOne = async (message: MessageToDeliver): Promise<void> => {
    try {
      const address = await addressOf(message.account);
      if (address === null) return void (await messages.settle(message.id, { state: 'put-off', failure: 'no-address' }));
      const { id, account, kind, writtenOn } = message;
      await port.print({ id, account, kind, writtenOn, pdf: await renderPdf(letterOf(message, address)) });
      await messages.settle(id, { state: 'delivered' });
    } catch (error) {
      log.error({ error, type: message.kind }, 'a letter could not be printed yet');
      await messages.settle(message.id, { state: 'put-off', failure: 'print' });
    }
  };
  return loopingWorker({
    name: 'letters',
    everyMs,
    log,
    turn: async (signal) => {
      const letters = await messages.take('letter', lettersAtATime);
      for (const letter of letters) if (!signal.aborted) await printOne(letter);
      return letters.length === lettersAtATime;
    },
  });
}

/** The letter as it is read. */
export const letterOf = ({ account, subject, text, writtenOn, id }: MessageToDeliver, address: readonly string[]): PrintedDocument => ({
  title: subject,
  heading: [...address, `Compte n° ${account}`, `Le ${Day.of(writtenOn).print()}`],
  blocks: text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => ({ kind: 'text' as const, text: paragraph.trim() })),
  footer: `Lettre ${id}`,
  madeOn: new Date(`${writtenOn}T12:00:00.000Z`),
});
