import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName, stageName } from '../words/contributions.js';
import type { OpenedAccount } from './account-desk.js';
import { AccountWhys } from './account-whys.js';
import { Both } from './both.js';
import { bothViews, differs, yearsOfBoth, type FiguresOfBoth, type YearOfBoth } from './two-organisations.js';

/** F52: what each organisation holds as called, paid and remaining, by year and contribution. */
export function LinesPage({ page }: OpenedAccount) {
  const views = bothViews(page.parts.views);
  const years = yearsOfBoth(views);
  const known = views.rsi ?? views.urssaf;
  return (
    <Page
      title="Lignes par année"
      lead="Les lignes du RSI et celles de l’Urssaf. Un seul chiffre : les deux disent le même. Chaque montant s’explique."
    >
      {years.length === 0 || known === null ? <Nothing>Rien n’a encore été appelé sur ce compte.</Nothing> : null}
      {known === null
        ? null
        : years.map((year) => <YearLines key={year.year} year={year} whys={new AccountWhys(known)} period={periodOf(known, year.year)} />)}
    </Page>
  );
}

type KnownView = Exclude<ReturnType<typeof bothViews>['rsi'], null>;
type Period = KnownView['book']['periods'][number];

const periodOf = ({ book }: KnownView, year: number): Period | undefined => book.periods.find((period) => period.year === year);

interface YearLinesProps {
  readonly year: YearOfBoth;
  readonly whys: AccountWhys;
  readonly period: Period | undefined;
}

function YearLines({ year, whys, period }: YearLinesProps) {
  const isSame = ![year, ...year.lines].some((line) => differs(line.called) || differs(line.paid) || differs(line.remaining));
  const figures = ['called', 'paid', 'remaining'] as const;
  const names = { called: 'Appelé', paid: 'Payé', remaining: 'Reste dû' } as const;
  const whyLine = { called: 'calledLine', paid: 'paidLine' } as const;
  type Line = FiguresOfBoth & { readonly code: string };
  const why = (figure: (typeof figures)[number], { code }: Line) =>
    figure === 'remaining'
      ? () =>
          whys.remainingLine(
            year.year,
            period?.lines.find((line) => line.code === code) ?? { code, called: '0', paid: '0', remaining: '0' },
          )
      : (amount: string) => whys[whyLine[figure]](year.year, code, amount);
  const whyTotal = { called: 'calledYear', paid: 'paidYear', remaining: 'remainingYear' } as const;
  return (
    <Section
      title={`${String(year.year)} — ${stageName(year.stage.rsi ?? year.stage.urssaf ?? null)}`}
      beside={
        <Badge tone={isSame ? 'good' : 'wait'}>{isSame ? 'Mêmes lignes au RSI et à l’Urssaf' : 'Le RSI et l’Urssaf diffèrent'}</Badge>
      }
    >
      <Table
        caption={`Cotisations de ${String(year.year)} : appelé, payé, reste dû`}
        hideCaption
        rows={year.lines}
        keyOf={({ code }) => code}
        columns={[
          { name: 'Cotisation', cell: ({ code }) => contributionName(code), total: 'Total' },
          ...figures.map((figure) => ({
            name: names[figure],
            isNumber: true,
            cell: (line: Line) => <Both of={line[figure]} why={why(figure, line)} />,
            total: <Both of={year[figure]} {...(period ? { why: () => whys[whyTotal[figure]](period) } : {})} />,
          })),
        ]}
      />
    </Section>
  );
}
