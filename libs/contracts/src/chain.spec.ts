import { ChainWalk, genesis, linkHash, type ChainHead, type ChainLink } from './chain.js';

const chainOf = (entries: readonly unknown[]): ChainLink[] => {
  let head = genesis;
  return entries.map((entry) => {
    head = { position: head.position + 1, hash: linkHash(head.hash, entry) };
    return { ...head, entry };
  });
};
const walked = (links: readonly ChainLink[], known: readonly ChainHead[] = []): string => {
  const walk = new ChainWalk(known);
  for (const link of links) {
    const fault = walk.take(link);
    if (fault) return `${fault.code} ${String(fault.position)}`;
  }
  const fault = walk.end();
  return fault ? `${fault.code} ${String(fault.position)}` : `whole ${String(walk.head.position)}`;
};

const links = chainOf(['a', 'b', 'c', 'd'].map((word) => ({ word })));
const [one, two, three, four] = links as [ChainLink, ChainLink, ChainLink, ChainLink];

describe('N5 R9 a chained journal, verified from genesis', () => {
  it('its first link is the SHA-256 of 64 zeros and the canonical entry', () => {
    // printf '%064d{"word":"a"}' 0 | sha256sum
    expect(one.hash).toBe('e7f02ab7ad17357d1878404df598806807b0477a9354443113003bbe0630c231');
  });

  it.each<[string, readonly ChainLink[], string]>([
    ['whole', links, 'whole 4'],
    ['empty', [], 'whole 0'],
    ['an entry changed', [one, { ...two, entry: { word: 'B' } }, three, four], 'entry-altered 2'],
    ['an entry taken out', [one, three, four], 'entry-missing 2'],
    ['the first taken out', [two, three, four], 'entry-missing 1'],
    ['an entry taken out, the rest numbered again', [one, { ...three, position: 2 }], 'entry-altered 2'],
    ['two entries in each other’s place', [one, { ...three, position: 2 }, { ...two, position: 3 }, four], 'entry-altered 2'],
    ['a link twice', [one, one], 'entry-missing 2'],
  ])('%s', (_, chain, verdict) => expect(walked(chain)).toBe(verdict));

  it('the end taken away is seen by who kept a head; a chain written anew is another', () => {
    expect(walked([one, two, three], [four])).toBe('cut-short 4');
    expect(walked([one, two, three])).toBe('whole 3');
    expect(walked(chainOf([{ word: 'a' }, { word: 'x' }, { word: 'c' }]), [two])).toBe('other-chain 2');
  });
});
