import type { Block, PrintedDocument } from '@isu/chassis';
import type { Vector } from '@isu/contracts';
import { Money } from '@isu/values';
import type { Addressee } from '../notices/notice-document.js';
import { contributionName } from '../notices/notice-words.js';
import type { Period, Periods } from './period.js';
import type { Statement } from './statement.js';

/** What proves the figures: the facts that they rest on, and the fingerprint of the account folded from them (N1). */
export interface StatementProof {
  readonly vector: Vector;
  readonly fingerprint: string;
}

/** The statement as it is read (relevé de situation). Of a past day it is the same document for ever, but for the name of whom it is for. */
export function statementDocument(
  { account, knownOn, closed, current }: Statement,
  { vector, fingerprint }: StatementProof,
  { name, fund }: Addressee,
): PrintedDocument {
  const hasMoved = closed === null || !closed.balance.equals(current.balance) || !closed.credit.equals(current.credit);
  return {
    title: 'Relevé de situation',
    heading: [
      ...(name === null ? [] : [name]),
      `Compte n° ${account} · ${fund}`,
      `Situation du compte telle qu’elle était connue le ${knownOn.print()}`,
    ],
    blocks: [
      ...(closed === null
        ? [{ kind: 'text' as const, text: 'Aucune journée comptable n’était encore close ce jour-là.' }]
        : figures(`À la dernière journée comptable close, le ${closed.accountingDay.print()}`, closed)),
      ...(hasMoved ? figures(`Avec ce qui avait été enregistré jusqu’au ${knownOn.print()}`, current) : []),
      { kind: 'title', text: 'Détail par contribution' },
      lineTable(current),
      {
        kind: 'small',
        text: 'Appelé : ce que les textes font devoir pour l’année, au dernier calcul. Payé : ce qui a été reçu et placé sur ces sommes (CSS, art. D. 133-4). Le crédit est de l’argent reçu que rien ne demandait encore. Le solde est ce qui reste de chaque année, majorations comprises, moins le crédit.',
      },
      {
        kind: 'small',
        text: `Ces chiffres reposent sur les faits connus alors : ${vectorText(vector)}. Empreinte du compte : ${fingerprint}. Tout organisme qui a reçu les mêmes faits obtient la même.`,
      },
    ],
    footer: `Compte ${account} — relevé de situation au ${knownOn.print()}`,
    madeOn: new Date(`${knownOn.iso}T12:00:00.000Z`),
  };
}

const owes = (balance: Money): string => {
  if (balance.isZero) return 'Solde : rien n’est dû.';
  if (balance.isNegative) return `Solde en votre faveur : ${balance.negated().print()}.`;
  return `Solde restant à payer, toutes années : ${balance.print()}.`;
};

function figures(title: string, { periods, credit, balance }: Periods): Block[] {
  return [
    { kind: 'title', text: title },
    { kind: 'text', text: owes(balance) },
    {
      kind: 'table',
      columns: [
        { title: 'Année', width: 4 },
        ...['Appelé', 'Payé', 'Reste', 'Majorations'].map((text) => ({ title: text, width: 4, align: 'right' as const })),
      ],
      rows: [
        ...periods.map(({ year, called, paid, remaining, surcharges }) => [
          ...[String(year), called.print(), paid.print(), remaining.print(), surcharges.remaining.print()],
        ]),
        totals(periods),
        ['Crédit', '', '', credit.negated().print(), ''],
        ['Solde', '', '', balance.print(), ''],
      ],
      sumsFrom: periods.length,
    },
  ];
}

function totals(periods: readonly Period[]): string[] {
  const sum = (of: (period: Period) => Money): string => Money.sum(periods.map(of)).print();
  return [
    ...['Total', sum(({ called }) => called), sum(({ paid }) => paid), sum(({ remaining }) => remaining)],
    sum(({ surcharges }) => surcharges.remaining),
  ];
}

/** Only what is not whole: a line that is paid to the cent asks nothing of anybody. */
function lineTable({ periods }: Periods): Block {
  const open = periods.flatMap(({ year, lines }) => lines.filter(({ remaining }) => !remaining.isZero).map((line) => ({ year, ...line })));
  if (open.length === 0) return { kind: 'text', text: 'Toutes les cotisations appelées sont payées.' };
  return {
    kind: 'table',
    columns: [
      { title: 'Contribution', width: 7 },
      { title: 'Année', width: 3 },
      ...['Appelé', 'Payé', 'Reste'].map((text) => ({ title: text, width: 3, align: 'right' as const })),
    ],
    rows: open.map(({ year, code, called, paid, remaining }) => [
      ...[contributionName(code), String(year), called.print(), paid.print(), remaining.print()],
    ]),
  };
}

const vectorText = (vector: Vector): string =>
  Object.entries(vector)
    .map(([author, seq]) => `${author} ${String(seq)}`)
    .join(', ');
