import { agreementOf, type ServiceView } from './agreement.js';

const view = (service: ServiceView['service'], vector: ServiceView['vector'], bytes = 'same'): ServiceView => ({
  service,
  vector,
  fingerprint: bytes,
  bytes,
});

describe('agreement of the services', () => {
  it('I4 agrees when vectors and bytes are the same', () => {
    const vector = { affiliation: 1, collection: 4 };
    expect(agreementOf([view('collection', vector), view('benefits', vector), view('urssaf-sync', vector)])).toEqual({
      agrees: true,
      missing: [],
      parted: [],
    });
  });

  it('F48 names the facts that one of them lacks, and who has them', () => {
    const { agrees, missing, parted } = agreementOf([
      view('collection', { affiliation: 1, collection: 6 }, 'a'),
      view('benefits', { affiliation: 1, collection: 4 }, 'b'),
      view('urssaf-sync', { affiliation: 1, collection: 6, 'urssaf-sync': 2 }, 'c'),
    ]);
    expect(agrees).toBe(false);
    expect(parted).toEqual([]);
    expect(missing).toEqual([
      { service: 'benefits', author: 'collection', from: 5, to: 6, heldBy: 'collection' },
      { service: 'collection', author: 'urssaf-sync', from: 1, to: 2, heldBy: 'urssaf-sync' },
      { service: 'benefits', author: 'urssaf-sync', from: 1, to: 2, heldBy: 'urssaf-sync' },
    ]);
  });

  it('I4 tells apart two that rest on the same facts and show another account: no delay explains that', () => {
    const vector = { affiliation: 1 };
    const { agrees, parted } = agreementOf([view('collection', vector), view('benefits', vector, 'altered'), view('urssaf-sync', vector)]);
    expect(agrees).toBe(false);
    expect(parted).toEqual([
      ['collection', 'benefits'],
      ['benefits', 'urssaf-sync'],
    ]);
  });

  it('takes a service that has not heard of the account as one that lacks all of it', () => {
    const { missing } = agreementOf([
      view('collection', { affiliation: 1 }),
      { service: 'benefits', vector: {}, fingerprint: null, bytes: '' },
    ]);
    expect(missing).toEqual([{ service: 'benefits', author: 'affiliation', from: 1, to: 1, heldBy: 'collection' }]);
  });
});
