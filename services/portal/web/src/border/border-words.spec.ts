import { correctionText } from './border-words.js';

const payment = {
  ...{ id: 'p1', partner: 'urssaf', flow: 'payments', batch: '19', reference: 'W-1', amount: '346', valueOn: '2016-05-19' },
};
const named = 'le paiement W-1 de 346,00\u00a0€ (reçu le 19 mai 2016, lot 19)';

describe('N9 what a second pair of eyes is asked to approve', () => {
  it.each([
    [{ kind: 'reverse-payment', payment: 'p1' }, `Annuler ${named}, qui n’existe pas chez le partenaire ou y est compté une seule fois.`],
    [{ kind: 'move-payment', payment: 'p1' }, `Annuler sur l’autre compte ${named} et le porter sur celui-ci.`],
    [{ kind: 'correct-amount', payment: 'p1', amount: '366' }, `Annuler ${named} et le porter pour son vrai montant, 366,00\u00a0€.`],
    [{ kind: 'attribute-payment', payment: 'p1' }, `Attribuer à ce compte ${named}, qui attend d’être identifié.`],
    [{ kind: 'move-payment', payment: 'p2' }, 'Annuler sur l’autre compte le paiement et le porter sur celui-ci.'],
  ] as const)('%j names its payment where it is known', (correction, text) => {
    expect(correctionText(correction, [payment])).toBe(text);
  });
});
