import { generateKeyPairSync, verify } from 'node:crypto';
import { signedPartOf, writeBatch, type MoneyRecord } from '@isu/contracts';
import { envelopeOf, misbehaviourKinds, misspoken, spoilt, type Envelope, type Misbehaviour } from './misbehaviours.js';
import { page } from './page.js';
import { actPaths } from './server.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const reversal: MoneyRecord = { type: 'reversal', reference: 'R', reverses: 'P', amount: '10', valueOn: '2016-05-19', reason: 'AM04' };
const payment: MoneyRecord = {
  ...{ type: 'payment', reference: 'P', account: '1300001234517', amount: '10', valueOn: '2016-05-18', means: 'transfer' },
};
const header = {
  partner: 'urssaf',
  flow: 'payments',
  number: 1,
  businessDate: '2016-05-19',
  previousDigest: null,
  createdAt: '2016-05-19T18:00:00Z',
};
const { text } = writeBatch(header, [payment, reversal]);
const { text: empty } = writeBatch(header, []);
const sent = (misbehaviour: Misbehaviour): Envelope[] => spoilt(text, misbehaviour, { key: privateKey, other: () => empty });
const isSigned = (content: string, { signature }: Envelope): boolean =>
  verify(null, Buffer.from(signedPartOf({ text: content })), publicKey, Buffer.from(signature, 'base64'));
const right = envelopeOf(text, privateKey);

describe('what the simulated Urssaf does wrong on command', () => {
  it('a batch as it should be is signed over its last line', () => expect(isSigned(text, right)).toBe(true));

  it('doubled: the same bytes twice', () => expect(sent({ kind: 'doubled' })).toEqual([right, right]));

  it('cut: the bytes before that one, and no other', () => {
    expect(sent({ kind: 'cut', atByte: 7 })).toEqual([{ ...right, content: Buffer.from('{"type"') }]);
  });

  it.each([0, 9, 8 * Buffer.byteLength(text) - 1])('flipped: bit %d, and no other', (bit) => {
    const [{ content }] = sent({ kind: 'flipped', bit }) as [Envelope];
    const differing = [...content].map((byte, at) => byte ^ (right.content[at] ?? 0));
    expect(differing.filter((byte) => byte !== 0)).toEqual([1 << (bit % 8)]);
    expect(differing.findIndex((byte) => byte !== 0)).toBe(Math.floor(bit / 8));
  });

  it('another content under the same number, rightly signed, behind the right one', () => {
    const [first, second] = sent({ kind: 'other-content' }) as [Envelope, Envelope];
    expect([first, isSigned(empty, second), second.content]).toEqual([right, true, Buffer.from(empty)]);
  });

  it('a bad signature: the bytes are right, the key is a stranger’s', () => {
    const [envelope] = sent({ kind: 'bad-signature' }) as [Envelope];
    expect([envelope.content, isSigned(text, envelope)]).toEqual([right.content, false]);
  });

  it('says the first payment wrongly, and nothing else', () => {
    expect(misspoken([reversal, payment], { kind: 'wrong-amount', amount: '11' })).toEqual([reversal, { ...payment, amount: '11' }]);
    expect(misspoken([payment], { kind: 'wrong-account', account: '1300000900067' })).toEqual([{ ...payment, account: '1300000900067' }]);
    expect(misspoken([payment], null)).toEqual([payment]);
  });
});

describe('the page of the simulated Urssaf', () => {
  const shown = page({
    ...{ link: 'open', retries: 'on', acknowledgements: 'on', calendar: 'kept' },
    ...{ movements: [], batches: [], told: [], balances: [] },
  });

  it('commands everything that can be commanded by REST, and every misbehaviour', () => {
    expect(actPaths.filter((path) => !shown.includes(`action="${path}"`))).toEqual([]);
    expect(Object.keys(misbehaviourKinds).filter((kind) => !shown.includes(`<option value="${kind}">`))).toEqual([]);
  });
});
