import type { Block, PrintedDocument } from '@isu/chassis';
import { Money, Rate } from '@isu/values';
import { contributionName, incomeWords, meansName, stageName } from './notice-words.js';
import type { Notice, NoticeLine, NoticePart } from './notice.js';

export interface Addressee {
  /** Asked of affiliation at the moment of printing; null when it does not answer. */
  readonly name: string | null;
  readonly fund: string;
}

/** The notice as it is read (D. 2014-1690): what is called, why, when, how to pay it and how to contest it. */
export function noticeDocument(notice: Notice, { name, fund }: Addressee): PrintedDocument {
  const { account, year, version, issuedOn, state, replacedBy, parts, instalments, total, balance } = notice;
  return {
    title: `Échéancier ${year} valant avis d’appel`,
    heading: [...(name === null ? [] : [name]), `Compte n° ${account} · ${fund}`, `Avis ${year} n° ${version}, du ${issuedOn.print()}`],
    blocks: [
      ...(state === 'replaced' ? [{ kind: 'banner' as const, text: `Avis remplacé par l’avis ${year} n° ${replacedBy ?? version}.` }] : []),
      ...parts.flatMap(partBlocks),
      { kind: 'title', text: `Vos échéances de ${year}` },
      {
        kind: 'table',
        columns: [
          { title: 'Date', width: 4 },
          { title: `Pour ${year}`, width: 3, align: 'right' },
          { title: 'Années d’avant', width: 3, align: 'right' },
          { title: 'À payer', width: 3, align: 'right' },
          { title: 'Déjà payé', width: 3, align: 'right' },
          { title: 'Moyen', width: 4 },
          { title: 'Référence', width: 6 },
        ],
        rows: [
          ...instalments.map((each) => [
            ...[each.dueOn.print(), each.ofYear.print(), each.ofYearsBefore.print(), each.amount.print(), each.paid.print()],
            ...[meansName(each.means), each.reference],
          ]),
          ['Total', '', '', total.print(), Money.sum(instalments.map(({ paid }) => paid)).print(), '', ''],
        ],
        sumsFrom: instalments.length,
      },
      {
        kind: 'text',
        text: `Appelé sur votre compte, toutes années : ${balance.called.print()} ; payé : ${balance.paid.print()} ; crédit : ${balance.credit.print()}.`,
      },
      ...closing(year),
    ],
    footer: `Compte ${account} — avis ${year} n° ${version}`,
    madeOn: new Date(`${issuedOn.iso}T12:00:00.000Z`),
  };
}

function partBlocks({ assessment, lines, total, before, difference, isNew, paid }: NoticePart): Block[] {
  const { year, stage, restsOn, rules } = assessment;
  const settled = stage === 'definitive' && isNew && !before.isZero;
  const outcome = difference.isNegative
    ? `Vous avez été appelé de ${difference.negated().print()} de trop.`
    : `Il reste ${difference.print()} à appeler, répartis sur les échéances qui restent.`;
  return [
    { kind: 'title', text: `${settled ? 'Régularisation de' : 'Cotisations de'} ${year} : ${stageName(stage)}` },
    {
      kind: 'text',
      text: restsOn.length > 0 ? restsOn.map(incomeWords).join(' ') : 'Calculées sur l’assiette forfaitaire d’un début d’activité.',
    },
    {
      kind: 'table',
      columns: [
        { title: 'Contribution', width: 7 },
        { title: 'Assiette', width: 4, align: 'right' },
        { title: 'Taux', width: 3, align: 'right' },
        { title: 'Montant', width: 4, align: 'right' },
        { title: 'Déjà appelé', width: 4, align: 'right' },
        { title: 'Différence', width: 4, align: 'right' },
      ],
      rows: [...lines.map(lineRow), ['Total', '', '', total.print(), before.print(), difference.print()]],
      sumsFrom: lines.length,
    },
    { kind: 'text', text: `${isNew && !before.isZero ? `${outcome} ` : ''}Payé pour ${year} : ${paid.print()}.` },
    ...lines.flatMap(({ code, sentence }): Block[] =>
      sentence === null ? [] : [{ kind: 'small', text: `${contributionName(code)} : ${sentence}` }],
    ),
    { kind: 'small', text: `Règles ${rules}. Chaque calcul se retrouve sur Mon compte, « Pourquoi cet euro ? ».` },
  ];
}

const lineRow = ({ code, base, rate, amount, before, difference }: NoticeLine): string[] => [
  ...[contributionName(code), base.print(), Rate.of(rate).print(), amount.print(), before.print(), difference.print()],
];

const closing = (year: number): Block[] => [
  { kind: 'title', text: 'Payer, estimer, demander un délai, contester' },
  {
    kind: 'text',
    text: 'Les échéances mensuelles sont prélevées. Un virement, un chèque au centre de paiement ou un paiement en ligne rappelle la référence de l’échéance ; la date de réception compte.',
  },
  {
    kind: 'text',
    text: 'Ce qui n’est pas payé à sa date est majoré de 5 %, puis de 0,4 % par mois ou fraction de mois (CSS, art. R. 243-18).',
  },
  {
    kind: 'text',
    text: `Votre revenu de ${year} s’annonce différent ? Estimez-le sur Mon compte : les échéances à venir suivent, à partir de la première à quinze jours au moins. Un délai de paiement se demande sur Mon compte ou à votre caisse, avant l’échéance.`,
  },
  {
    kind: 'text',
    text: 'Cet avis se conteste devant la commission de recours amiable de votre caisse, dans les deux mois ; un médiateur peut être saisi après une réclamation.',
  },
];
