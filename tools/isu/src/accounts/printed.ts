import { AccountNumber } from '@isu/values';
import type { Author, Vector } from '@isu/contracts';
import { euros, frenchDay } from '../terminal/in-french.js';
import { sheet, table } from '../terminal/table.js';
import type { AccountShown, NamedMissing } from './account.js';

const upToDateInWords = { yes: 'oui', no: 'non', unknown: 'inconnu' } as const;

/** The account for people: its money, where it stands, the rights, and whether the services agree. */
export function printedAccount(shown: AccountShown): string {
  const { account, view, standing, rights } = shown;
  const { person, balance, periods } = view.book;
  const parts = [
    `Compte ${AccountNumber.of(account).print()}\n`,
    person
      ? sheet([
          ['Régime', `${person.group}, ${person.regime}`],
          ['Début d’activité', frenchDay(person.startedOn)],
          ['Caisse', person.fund],
        ])
      : '',
    sheet([
      ['Appelé', euros(balance.called)],
      ['Payé', euros(balance.paid)],
      ['Reste', euros(balance.remaining)],
      ...(balance.surcharges === '0' ? [] : [['Majorations', euros(balance.surcharges)] as [string, string]]),
      ['Crédit', euros(balance.credit)],
      ['En cours', euros(balance.inTransit)],
    ]),
    periods.length === 0 ? '' : table(periodColumns, periods.map(periodRow)),
    standing ? standingSheet(standing) : '',
    rights ? rightsSheet(rights) : '',
    servicesInWords(shown),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

const periodColumns = [
  { title: 'Année' },
  ...['Appelé', 'Payé', 'Reste'].map((title) => ({ title, align: 'right' as const })),
  { title: 'Étape' },
];

type Period = AccountShown['view']['book']['periods'][number];
const periodRow = ({ year, called, paid, remaining, stage }: Period): string[] => [
  String(year),
  euros(called),
  euros(paid),
  euros(remaining),
  stage ?? '',
];

function standingSheet({ day, due, late, nextDue, upToDate, reasons }: NonNullable<AccountShown['standing']>): string {
  return sheet([
    [`Au ${frenchDay(day)}`, ''],
    ['Exigible', euros(due)],
    ['En retard', euros(late)],
    ['Prochaine échéance', nextDue ? `${euros(nextDue.amount)} le ${frenchDay(nextDue.dueOn)}` : 'aucune'],
    ['À jour', upToDateInWords[upToDate]],
    ...reasons.map(({ text }) => ['', text] as const),
  ]);
}

function rightsSheet({ upToDate, quartersValidated, quartersPossible }: NonNullable<AccountShown['rights']>): string {
  return sheet([
    ['Droits : cotisations à jour', upToDateInWords[upToDate.value]],
    ['Trimestres validés', `${String(quartersValidated)} sur ${String(quartersPossible)} possibles`],
  ]);
}

function servicesInWords({ services, agreement }: AccountShown): string {
  const columns = [{ title: 'Service' }, { title: 'Empreinte' }, { title: 'Vecteur' }];
  const rows = services.map(({ service, fingerprint, vector }) => [service, fingerprint ?? '(compte inconnu)', vectorInWords(vector)]);
  return `${table(columns, rows)}\n${verdict(agreement)}`;
}

const vectorInWords = (vector: Vector): string =>
  Object.entries(vector)
    .map(([author, seq]) => `${author} ${String(seq)}`)
    .join(', ');

function verdict({ agrees, missing, parted }: AccountShown['agreement']): string {
  if (agrees) return 'Les trois services montrent le même compte.\n';
  return [
    ...missing.map(missingInWords),
    ...parted.map(
      ([one, other]: readonly [Author, Author]) =>
        `ANOMALIE : ${one} et ${other} connaissent les mêmes faits et ne montrent pas le même compte.\n`,
    ),
  ].join('');
}

function missingInWords({ service, author, from, to, heldBy, facts }: NamedMissing): string {
  const numbers = from === to ? `le fait ${String(from)}` : `les faits ${String(from)} à ${String(to)}`;
  const names = facts.map(({ seq, type, effectiveOn }) => `  ${String(seq)}  ${type}, effet le ${frenchDay(effectiveOn)}\n`);
  const rest = to - from + 1 - facts.length;
  return [
    `${service} n’a pas encore ${numbers} de ${author}, que ${heldBy} connaît :\n`,
    ...names,
    rest > 0 ? `  et ${String(rest)} autres\n` : '',
  ].join('');
}
