import { describe, expect, it } from '@jest/globals';
import { addressOf, peersPattern } from './addresses.js';

describe('where a peer answers', () => {
  it.each([
    ['one address for all', 'http://entrance:8080/', 'http://entrance:8080'],
    ['a pattern', 'http://{service}.isu:8080', 'http://benefits.isu:8080'],
    ['a list', 'collection=http://127.0.0.1:8102, benefits=http://127.0.0.1:8103/', 'http://127.0.0.1:8103'],
    ['a list that does not name it', 'collection=http://127.0.0.1:8102', undefined],
  ])('is said by %s', (_, addresses, answer) => {
    expect(addresses).toMatch(peersPattern);
    expect(addressOf(addresses, 'benefits')).toBe(answer);
  });

  it.each(['ftp://peer', 'benefits=peer:80', 'benefits=http://a;collection=http://b', 'http://a, http://b'])(
    'is not said by « %s »',
    (text) => expect(text).not.toMatch(peersPattern),
  );
});
