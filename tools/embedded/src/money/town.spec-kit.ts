import { notice, report } from './bank.spec-kit.js';
import { dayBefore } from './led-money-in.spec-kit.js';
import { Life } from './life.spec-kit.js';
import type { MoneyHouse } from './money-house.spec-kit.js';
import { people } from './people.spec-kit.js';
import type { Plan } from './wishes.spec-kit.js';
import { emptyWords, type Words } from './words.spec-kit.js';

interface TownDay {
  readonly on: string;
  /** The debits of this due date are handed to the bank. */
  readonly presents?: string;
  /** The work of the day is done: the days before are closed, surcharges are looked at, credit goes on. */
  readonly works?: boolean;
}

/** Four due dates: a first debit five bank days before, the next ones two; ten days later the day's work, and within the forty days of a quarter's turnover. */
export const townDays: readonly TownDay[] = [
  { on: '2016-02-29', presents: '2016-03-07' },
  { on: '2016-03-07', works: true },
  { on: '2016-03-15', works: true },
  { on: '2016-04-01', presents: '2016-04-05' },
  { on: '2016-04-05' },
  { on: '2016-04-15', works: true },
  { on: '2016-05-03', presents: '2016-05-05' },
  { on: '2016-05-05' },
  { on: '2016-05-17', works: true },
  { on: '2016-06-02', presents: '2016-06-06' },
  { on: '2016-06-06' },
  { on: '2016-06-20', works: true },
];

/** Leads these lives together, day by day, over HTTP alone, for the first days of the town. */
export async function live(house: MoneyHouse, plans: readonly Plan[], days = townDays.length): Promise<Life[]> {
  house.on('2016-02-01');
  const lives = await every(plans, (plan, rank) => begin(house, `vie-${String(rank + 1)}`, plan));
  for (const [at, day] of townDays.slice(0, days).entries()) await liveDay(house.on(day.on), lives, { ...day, at });
  return lives;
}

async function begin(house: MoneyHouse, name: string, plan: Plan): Promise<Life> {
  const account = await house.affiliate(plan.payer === 'micro' ? 'micro-social' : 'common');
  if (plan.payer === 'by-debit') await house.signMandate(account);
  else if (plan.payer === 'by-quarter')
    await house.must('PUT', `collection/accounts/${account}/periodicity`, { body: { periodicity: 'quarterly' } });
  const life = new Life(house, name, plan, account);
  await life.begin();
  return life;
}

/** Side by side, but no more at once than the services have connections. */
async function every<A, B>(all: readonly A[], doing: (one: A, rank: number) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (let from = 0; from < all.length; from += atOnce) {
    done.push(...(await Promise.all(all.slice(from, from + atOnce).map((one, rank) => doing(one, from + rank)))));
  }
  return done;
}
const atOnce = 8;

async function liveDay(
  house: MoneyHouse,
  lives: readonly Life[],
  { at, presents, works = false }: TownDay & { at: number },
): Promise<void> {
  let messageId = 'aucun';
  if (presents !== undefined) {
    const { messages } = await house.must('POST', `collection/debit-runs/${presents}`, { as: people.operator });
    messageId = messages.at(-1)?.messageId ?? messageId;
    for (const life of lives) life.note('present', { dueOn: presents });
  }
  const money = emptyWords();
  await every(lives, (life) => life.collect(money));
  await say(house, money, messageId);
  await every(lives, (life) => life.see('book'));

  const words = emptyWords();
  await every(lives, async (life) => {
    const wished = life.plan.wishes.find((one) => one.at === at);
    if (wished) await life.wish(wished.wish, words);
  });
  await say(house, words, messageId);
  // Empty or not, the day's batch says that Urssaf has told all it knows.
  if (house.takesBatches) await house.sendBatch(words.batch);
  await tellOfMoneyWithoutOwner(house, lives, words);
  await every(lives, (life) => life.see('book'));
  if (works) await work(house, lives);
}

async function say(house: MoneyHouse, { credited, back, rejected }: Words, messageId: string): Promise<void> {
  if (credited.length + back.length > 0) await house.sendBankFile(notice(house.today, credited, back));
  for (const [of, orders] of rejected) {
    const kind = of.startsWith('REMB') ? 'pain.001' : 'pain.008';
    await house.sendBankFile(report(house.today, { messageId: kind === 'pain.001' ? of : messageId, kind }, orders));
  }
}

/** Money without an owner may be what anybody owes: everybody is told of it, whoever sent it. */
async function tellOfMoneyWithoutOwner(house: MoneyHouse, lives: readonly Life[], { waiting, settled }: Words): Promise<void> {
  if (waiting.length + settled.length === 0) return;
  await house.heardOfFlow('flow/isu/to-be-matched');
  for (const life of lives) {
    for (const { name, amount, valueOn, of } of waiting) life.note('waits', { money: name, amount, valueOn, names: of === life.account });
    for (const name of settled) life.note('waits-no-more', { money: name });
  }
}

/** A day's work, in the order of its jobs. */
async function work(house: MoneyHouse, lives: readonly Life[]): Promise<void> {
  const through = dayBefore(house.today, 1);
  await house.must('POST', `collection/accounting-days/${through}/close`, { as: people.operator });
  for (const life of lives) life.note('close', { through });
  for (const job of ['surcharges', 'refunds']) {
    await house.run(job);
    for (const life of lives) life.note(job);
  }
  await every(lives, (life) => life.see('everything'));
}
