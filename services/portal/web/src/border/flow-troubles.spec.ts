import { gravestFirst, troubleOf } from './flow-troubles.js';

const standing = (name: string, more: { gaps?: { from: number; to: number }[]; lateSince?: string } = {}) => ({
  ...{ name, gaps: [], lateSince: null, ...more },
  isLate: more.lateSince !== undefined,
});
const [good, late, short] = [
  standing('à jour'),
  standing('en retard', { lateSince: '2016-05-10' }),
  standing('incomplet', {
    gaps: [
      { from: 12, to: 12 },
      { from: 14, to: 16 },
    ],
  }),
];

describe('F53 — the flows of partners at the desk', () => {
  it('those that lack batches come first, then those that are late, the others as agreed', () => {
    const other = standing('à jour aussi');
    expect(gravestFirst([good, late, other, short]).map(({ name }) => name)).toEqual(['incomplet', 'en retard', 'à jour', 'à jour aussi']);
  });

  it('say what is wrong: which batches are missing; or since when it is late, ten days on 20 May', () => {
    expect(troubleOf(short, '2016-05-20')).toBe('il manque le lot 12, les lots 14 à 16');
    expect(troubleOf(late, '2016-05-20')).toBe('en retard depuis le 10 mai 2016, depuis 10 jours');
  });
});
