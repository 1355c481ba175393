import type { SentBatch, SentLine } from '../../../src/face/border.js';
import type { Why } from '../derivation/why-subject.js';
import { Badge, type Tone } from '../ui/notice.js';
import { flowName, partnerName } from './border-words.js';

export const sentOutcomes: Readonly<Record<SentLine['outcome'], { readonly text: string; readonly tone: Tone }>> = {
  awaited: { text: 'Reçu attendu', tone: 'wait' },
  accepted: { text: 'Prise', tone: 'good' },
  withdrawn: { text: 'Refusée, retirée', tone: 'bad' },
};

const reasons: Readonly<Record<string, string>> = {
  'account-unknown': 'Compte inconnu du partenaire',
  conflict: 'Le partenaire tient autre chose pour acquis',
};
export const reasonName = (reason: string): string => reasons[reason] ?? reason;

const problems: Readonly<Record<string, string>> = {
  unreachable: 'le partenaire n’a pas répondu',
  'acknowledgement-refused': 'sa réponse n’était pas un reçu valable',
  'acknowledgement-conflict': 'il a envoyé un autre reçu que le premier',
};
export const problemName = (problem: string): string => problems[problem] ?? problem;

/** What the partner said of a batch of ours, in a word. */
export function SentState({ batch: { accepted, refused, lateSince, isLost } }: { readonly batch: SentBatch }) {
  if (isLost) return <Badge tone="bad">Perdu, redit ensuite</Badge>;
  if (accepted === null || refused === null) return <Badge tone={lateSince === null ? 'wait' : 'bad'}>{lateSince === null ? 'Attendu' : 'En retard'}</Badge>; // prettier-ignore
  return refused === 0 ? <Badge tone="good">Pris en entier</Badge> : <Badge tone="wait">{`${String(refused)} refusée${refused > 1 ? 's' : ''}`}</Badge>; // prettier-ignore
}

export const whySent = ({ partner, flow, number, total, digest, count }: SentBatch): Why => ({
  kind: 'said',
  title: `Total de contrôle du lot n° ${String(number)}`,
  amount: total,
  says: 'Ce que disent en euros toutes les lignes du lot, additionnées. Nous l’écrivons à sa fin, et le partenaire le vérifie avant de prendre la moindre ligne.',
  traces: [
    { name: 'Flux', text: flowName({ partner, flow }) },
    { name: 'Envoyé à', text: partnerName(partner) },
    { name: 'Lignes', text: String(count) },
    { name: 'Empreinte', text: digest },
  ],
});
