import { Day, Money } from '@isu/values';
import { escaped } from '../plain-page.js';
import { misbehaviours } from './misbehaviours.js';
import type { ProviderOrder } from './orders.js';

export const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
form, label { display: grid; grid-template-columns: minmax(0, 1fr); } form { gap: 1rem; margin: 1rem 0; } label { gap: .25rem; }
select, button { font: inherit; padding: .6rem 1rem; max-width: 100%; } .sum { font-size: 1.6rem; font-weight: 600; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }`;

const states: Readonly<Record<ProviderOrder['status'], string>> = {
  pending: 'sur la page',
  paid: 'payé',
  refused: 'refusé par la banque',
  cancelled: 'abandonné',
};

/** Before whoever pays; `action` is the address that bears the order, and the way back. */
export const paymentPage = (order: ProviderOrder, action: string): string => `<h1>Prestataire de paiement simulé</h1>
<p>Aucun argent n’est pris ici : cette page joue un prestataire, pour la démonstration.</p>
<p>Cotisations et contributions</p>
<p class="sum">${Money.of(order.amount).print()}</p>
<p>Ordre du ${Day.of(order.issuedOn).print()}</p>
<form method="post" action="${escaped(action)}">
<label>Ce qui tourne mal ensuite
<select name="misbehaviour"><option value="">rien</option>${Object.entries(misbehaviours)
  .map(([value, words]) => `<option value="${value}">${words}</option>`)
  .join('')}</select></label>
<button name="choice" value="account">Payer par compte bancaire</button>
${order.methods.includes('card') ? '<button name="choice" value="card">Payer par carte</button>' : '<p>La carte est prise en dessous de 5 000 €.</p>'}
<button name="choice" value="refused">Faire refuser par la banque</button>
<button name="choice" value="cancelled">Renoncer</button>
</form>`;

export const settledPage = (order: ProviderOrder, back: string | null): string => `<h1>Prestataire de paiement simulé</h1>
<p>Cet ordre est ${order.status === 'pending' ? 'expiré' : states[order.status]}.</p>
${back === null ? '' : `<p><a href="${escaped(back)}">Retour à Mon compte</a></p>`}`;

export const ordersPage = (orders: readonly ProviderOrder[]): string => `<h1>Prestataire de paiement simulé</h1>
<p>Les ordres qui sont venus jusqu’ici, le dernier d’abord.</p>
<div class="wide" role="region" aria-label="Ordres" tabindex="0"><table><thead><tr><th>Ordre</th><th>Montant</th><th>État</th><th>Référence</th></tr></thead><tbody>
${orders
  .slice(0, 100)
  .map(
    ({ order, amount, status, reference = '' }) =>
      `<tr><td>${escaped(order)}</td><td>${Money.of(amount).print()}</td><td>${states[status]}</td><td>${escaped(reference)}</td></tr>`,
  )
  .join('\n')}
</tbody></table></div>`;
