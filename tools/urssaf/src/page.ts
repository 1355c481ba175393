import { Money } from '@isu/values';
import type { KeptBatch, Movement } from './books.js';
import { misbehaviourKinds } from './misbehaviours.js';
import type { KeptBalances } from './told-books.js';
import type { Conduct } from './urssaf.js';

/** What the page shows of the books. */
export interface UrssafState extends Conduct {
  readonly movements: readonly Movement[];
  readonly batches: readonly KeptBatch[];
  /** What the other side told us. */
  readonly told: readonly { readonly flow: string; readonly number: number; readonly businessDate: string; readonly digest: string }[];
  readonly balances: readonly Omit<KeptBalances, 'content'>[];
}

export const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: .5rem 0 1rem; }
label { display: grid; } input, select, button { font: inherit; padding: .25rem .5rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }`;

const states: Readonly<Record<KeptBatch['state'], string>> = {
  ready: 'à envoyer',
  withheld: 'retenu',
  refused: 'refusé',
  acknowledged: 'accusé',
};

export const page = ({
  link,
  retries,
  acknowledgements,
  calendar,
  movements,
  batches,
  told,
  balances,
}: UrssafState): string => `<h1>L’Urssaf simulée</h1>
<p>Un partenaire de démonstration, avec ses propres livres : elle encaisse, envoie ses lots, et se trompe sur commande. La liaison est
<strong>${link === 'open' ? 'ouverte' : 'coupée'}</strong> ; les renvois se font <strong>${retries === 'on' ? 'd’eux-mêmes' : 'sur demande'}</strong> ; les lots de chaque soir et les
soldes de chaque nuit partent <strong>${calendar === 'kept' ? 'd’eux-mêmes' : 'sur demande'}</strong>.</p>
${switches({ link, retries, acknowledgements, calendar })}
<h2>Encaisser</h2>
${banking}
<h2>Envoyer le lot du jour</h2>
${form('/batches', 'Écrire et envoyer', [field('businessDate', 'Journée', 'date'), choice('misbehaviour', 'Ce qui tourne mal', { '': 'rien', ...misbehaviourKinds }, ''), field('atByte', 'Octet de la coupure', 'text', false), field('bit', 'Bit inversé', 'text', false), field('account', 'Autre compte', 'text', false), field('amount', 'Autre montant', 'text', false)].join(''))}
${form('/sendings', 'Envoyer ce qui est retenu', '')}
${form('/restorations', 'Restaurer les livres', field('asOf', 'Tels qu’au soir du', 'date'))}
${form('/bank-readings', 'Relire la banque', '')}
${form('/nonces', 'Répondre', field('nonce', 'Défi de fraîcheur'))}
<h2>Envoyer nos soldes</h2>
${form('/balances', 'Arrêter et envoyer', field('businessDate', 'Au soir du', 'date'))}
${form('/strangers', 'Changer', [field('account', 'Compte'), choice('stranger', 'Ce compte nous est', { on: 'inconnu', off: 'connu' }, 'on')].join(''))}
<h2 id="told">Ce qui nous est dit</h2>
${form('/listenings', 'Prendre les lots', '')}
${table(
  'told',
  ['Flux', 'N°', 'Journée'],
  told.map(({ flow, number, businessDate }) => [flow, String(number), businessDate]),
)}
<h2 id="balances">Soldes envoyés</h2>
${table(
  'balances',
  ['N°', 'Au soir du', 'État', 'Dernière réponse'],
  balances.map(({ number, businessDate, state, problem }) => [String(number), businessDate, states[state], problem ?? '']),
)}
<h2 id="batches">Lots</h2>
${table(
  'batches',
  ['N°', 'Journée', 'État', 'Dernière réponse'],
  batches.map(({ number, businessDate, state, problem }) => [
    String(number),
    businessDate,
    states[state],
    problem ?? (state === 'acknowledged' ? 'reçu signé' : ''),
  ]),
)}
<h2 id="movements">Encaissements</h2>
${table(
  'movements',
  ['Référence', 'Montant', 'Encaissé le', 'Lot'],
  movements.map(({ record, bankedOn, batch }) => [
    record.reference,
    `${record.type === 'reversal' ? '−' : ''}${Money.of(record.amount).print()}`,
    bankedOn,
    batch === null ? 'pas encore dit' : String(batch),
  ]),
)}`;

const switches = ({ link, retries, acknowledgements, calendar }: Conduct): string =>
  [
    form('/link', 'Changer', choice('link', 'Liaison', { open: 'ouverte', cut: 'coupée' }, link)),
    form('/retries', 'Changer', choice('retries', 'Renvois', { on: 'd’eux-mêmes', off: 'sur demande' }, retries)),
    form('/calendar', 'Changer', choice('calendar', 'Calendriers', { kept: 'tenus d’eux-mêmes', 'by-hand': 'sur demande' }, calendar)),
    form('/acknowledgements', 'Changer', choice('acknowledgements', 'Nos reçus', { on: 'donnés', off: 'retenus' }, acknowledgements)),
  ].join('\n');

const form = (action: string, submit: string, fields: string): string =>
  `<form method="post" action="${action}">${fields}<button>${submit}</button></form>`;

const field = (name: string, label: string, type = 'text', isNeeded = true): string =>
  `<label>${label}<input name="${name}" type="${type}" autocomplete="off"${isNeeded ? ' required' : ''}></label>`;

const choice = (name: string, label: string, options: Readonly<Record<string, string>>, chosen: string): string =>
  `<label>${label}<select name="${name}">${Object.entries(options)
    .map(([value, words]) => `<option value="${value}"${value === chosen ? ' selected' : ''}>${words}</option>`)
    .join('')}</select></label>`;

const banking = [
  form(
    '/payments',
    'Encaisser',
    [
      field('account', 'Compte'),
      field('amount', 'Montant en euros'),
      field('valueOn', 'Jour', 'date'),
      field('reference', 'Référence'),
      field('paymentReference', 'Référence RF (facultative)', 'text', false),
    ].join(''),
  ),
  form(
    '/reversals',
    'Reprendre',
    [
      field('reverses', 'Référence du paiement'),
      field('amount', 'Montant en euros'),
      field('valueOn', 'Jour', 'date'),
      field('reason', 'Motif (AM04…)'),
      field('reference', 'Référence du rejet'),
    ].join(''),
  ),
].join('\n');

const table = (id: string, heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="wide" role="region" aria-labelledby="${id}" tabindex="0"><table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows
    .toReversed()
    .slice(0, 100)
    .map((cells) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table></div>`;

const escaped = (words: string): string => words.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
