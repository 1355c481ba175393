import { useQuery } from '@tanstack/react-query';
import type { DelayDistribution, DelaysPage } from '../../../src/face/delays.js';
import { ask } from '../asking/portal.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { Terms } from '../ui/terms.js';
import { delayText, shareText, stretchText } from './delay-words.js';

/** As often as the figures are worked out anew. */
const everyMs = 10_000;

/** N4: from the line that a partner sends to the rights that it opens, measured for each payment and shown to anybody as it is. */
export function PaymentDelays() {
  const page = useQuery({
    queryKey: ['payment-to-rights'],
    queryFn: ({ signal }) => ask<DelaysPage>('payment-to-rights', signal),
    refetchInterval: everyMs,
  });
  return (
    <Page
      title="Du paiement aux droits"
      lead="Le temps entre l’instant où un partenaire nous annonce un paiement et celui où les droits de la personne le savent. Chaque paiement est mesuré ; cette page suit d’elle-même."
    >
      <Asked query={page}>
        {({ parts }) => (
          <PartOf part={parts.delays}>
            {({ distributions }) => distributions.map((one) => <Distribution key={one.hours} distribution={one} />)}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

function Distribution({ distribution }: { readonly distribution: DelayDistribution }) {
  const { hours, payments, p50Ms, p95Ms, p99Ms, longestMs, steps } = distribution;
  const title = stretchText(hours);
  if (payments === 0) {
    return (
      <Section title={title}>
        <Nothing>Aucun paiement sur cette période.</Nothing>
      </Section>
    );
  }
  return (
    <Section title={title}>
      <Terms
        of={[
          ['Paiements mesurés', String(payments)],
          ['La moitié en moins de', delayText(p50Ms)],
          ['95 % en moins de', delayText(p95Ms)],
          ['99 % en moins de', delayText(p99Ms)],
          ['Le plus long', delayText(longestMs)],
        ]}
      />
      <Table
        caption={`${title} : combien de paiements en combien de temps`}
        hideCaption
        rows={steps}
        keyOf={({ atMostMs }) => String(atMostMs)}
        columns={[
          { name: 'En', cell: ({ atMostMs }) => delayText(atMostMs) },
          { name: 'Paiements', isNumber: true, cell: (step) => String(step.payments) },
          { name: 'Part', isNumber: true, cell: (step) => shareText(step.payments, payments) },
        ]}
      />
    </Section>
  );
}
