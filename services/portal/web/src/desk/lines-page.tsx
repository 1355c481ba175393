import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName, stageName } from '../words/contributions.js';
import type { OpenedAccount } from './account-desk.js';
import { whysOf, type AccountWhys } from './account-whys.js';
import { Both } from './both.js';
import { bothViews, differs, yearsOfBoth, type FiguresOfBoth, type Organisation, type YearOfBoth } from './two-organisations.js';

/** F52: what each organisation holds as called, paid and remaining, by year and contribution. */
export function LinesPage({ page }: OpenedAccount) {
  const views = bothViews(page.parts.views);
  const years = yearsOfBoth(views);
  const whys = whysOf(views);
  return (
    <Page
      title="Lignes par année"
      lead="Les lignes du RSI et celles de l’Urssaf. Un seul chiffre : les deux disent le même. Chaque montant s’explique."
    >
      {years.length === 0 || whys === null ? <Nothing>Rien n’a encore été appelé sur ce compte.</Nothing> : null}
      {whys === null ? null : years.map((year) => <YearLines key={year.year} year={year} whys={whys} />)}
    </Page>
  );
}

interface YearLinesProps {
  readonly year: YearOfBoth;
  readonly whys: (who: Organisation) => AccountWhys;
}

const figures = ['called', 'paid', 'remaining'] as const;
const names = { called: 'Appelé', paid: 'Payé', remaining: 'Reste dû' } as const;
type Line = FiguresOfBoth & { readonly code: string };

function YearLines({ year, whys }: YearLinesProps) {
  const isSame = ![year, ...year.lines].some((line) => differs(line.called) || differs(line.paid) || differs(line.remaining));
  const why = (figure: (typeof figures)[number], code: string | null) => (amount: string, who: Organisation) =>
    whys(who).figure(figure, { year: year.year, code, amount });
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
            cell: (line: Line) => <Both of={line[figure]} why={why(figure, line.code)} />,
            total: <Both of={year[figure]} why={why(figure, null)} />,
          })),
        ]}
      />
    </Section>
  );
}
