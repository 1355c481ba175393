import { bringLate, expectedOf, faultsFor, inject, openIn, randomOf, reconcile } from './differences.spec-kit.js';
import { asOf, TwoBooks } from './two-books.spec-kit.js';

/** As in `outside.int.spec.ts`, at a size where neighbours, equal amounts and chance have room: 3 000 people, 400 faults. */
describe('N5 F53 — outside reconciliation of many', () => {
  it.each([11, 12])(
    'finds each of 400 differences of seven kinds and invents none (seed %i)',
    async (seed) => {
      const books = await TwoBooks.open(3_000);
      try {
        const injected = faultsFor(books, 393, randomOf(seed));
        for (const one of injected) await inject(books, one);
        await bringLate(books, injected, asOf);
        await reconcile(books);
        expect(await openIn(books)).toEqual(expectedOf(injected, { isShort: false }));
      } finally {
        await books.close();
      }
    },
    300_000,
  );
});
