import { authorName } from './fact-words.js';

/** The proof of an account, short enough to be compared by eye or by telephone; in full for who copies it (N1). */
export function Fingerprint({
  fingerprint,
  vector,
}: {
  readonly fingerprint: string;
  readonly vector: Readonly<Record<string, number | undefined>>;
}) {
  const facts = Object.entries(vector).map(([author, seq]) => `${authorName(author)} ${String(seq)}`);
  return (
    <span className="fingerprint">
      <span>Empreinte</span>
      <code title={fingerprint}>{fingerprint.slice(0, 8)}</code>
      <span>{facts.join(' · ')}</span>
    </span>
  );
}
