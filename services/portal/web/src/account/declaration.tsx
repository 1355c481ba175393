import { price, readSituation } from '@isu/calc';
import { Day } from '@isu/values';
import { useSession } from '../asking/queries.js';
import { ButtonLink } from '../ui/button.js';
import { DayText, printedWhole } from '../ui/figures.js';
import { Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Waiting } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { upcomingDeclarations } from './upcoming-declarations.js';

/** F85: the page of micro-entrepreneurs, who pay on what they have declared. Declaring itself comes with the turnover declarations. */
export function Declaration() {
  const today = useSession().data?.today;
  return (
    <Page
      title="Déclaration"
      lead="Micro-entrepreneur, vous cotisez sur le chiffre d’affaires que vous avez encaissé : rien encaissé, rien à payer."
    >
      {today === undefined ? <Waiting /> : <WhatAndWhen today={Day.of(today)} />}
    </Page>
  );
}

function WhatAndWhen({ today }: { readonly today: Day }) {
  return (
    <>
      <Notice title="La déclaration en ligne n’est pas encore ouverte ici">
        <p>En attendant, déclarez sur net-entreprises.fr ou auprès de votre caisse. Voici ce qu’il faut déclarer, et quand.</p>
      </Notice>
      <Section title="Vos prochaines dates">
        <p className="measure">
          Une première déclaration se fait après un délai : au bout de trois mois pleins si vous déclarez chaque mois, avec le trimestre
          suivant si vous déclarez par trimestre. Même sans recette, déclarez « 0 » : l’oubli, lui, coûte une pénalité.
        </p>
        <Table
          caption="Prochaines déclarations selon votre choix, chaque mois ou chaque trimestre"
          hideCaption
          rows={upcomingDeclarations(today)}
          keyOf={({ rhythm, by }) => `${rhythm} ${by.iso}`}
          columns={[
            { name: 'Vous déclarez', cell: ({ rhythm }) => (rhythm === 'monthly' ? 'Chaque mois' : 'Chaque trimestre') },
            { name: 'Le chiffre d’affaires de', cell: ({ period }) => period },
            { name: 'Au plus tard le', cell: ({ by }) => <DayText of={by.iso} /> },
          ]}
        />
      </Section>
      <Section title="Ce que vous paierez">
        <Rates year={today.year} />
        <div>
          <ButtonLink to="/simulateur">Calculer avec mon chiffre d’affaires</ButtonLink>
        </div>
      </Section>
    </>
  );
}

const activities = [
  { activity: 'vente', text: 'Vente de marchandises, hébergement' },
  { activity: 'services-commerciaux', text: 'Services commerciaux' },
  { activity: 'services-artisanaux', text: 'Services artisanaux' },
  { activity: 'bnc-cipav', text: 'Profession libérale relevant de la Cipav' },
] as const;

/** For 10 000 € of turnover, as the law prices them. */
function Rates({ year }: { readonly year: number }) {
  const priced = activities.map(({ activity, text }) => ({ text, total: pricedOn(year, activity) })).filter(({ total }) => total !== null);
  return (
    <Table
      caption={`Pour 10 000 € encaissés en ${String(year)}, contribution à la formation comprise`}
      rows={priced}
      keyOf={({ text }) => text}
      columns={[
        { name: 'Activité', cell: ({ text }) => text },
        { name: 'À payer', isNumber: true, cell: ({ total }) => (total === null ? '' : printedWhole(total)) },
      ]}
    />
  );
}

/** Null where the rate changed within the year: there, one has to know the period. */
function pricedOn(year: number, activity: string): string | null {
  try {
    return price(readSituation({ year, status: 'micro-entrepreneur', activity, turnover: '10000' })).total.toString();
  } catch {
    return null;
  }
}
