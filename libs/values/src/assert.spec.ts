import { assert } from './index.js';

it('a false belief rises with the sentence that was believed', () => {
  expect(() => assert(1 + 1 === 3, 'one and one make three')).toThrow('one and one make three');
  expect(() => assert(1 + 1 === 2, 'one and one make two')).not.toThrow();
});
