import assert from 'node:assert/strict';
import type { Rights } from '@isu/benefits';
import type { MoneyRecord } from '@isu/contracts';
import { paymentsBatch, sendBatch, type Asker, type SystemClient } from '@isu/isu';
import { Day, Money, Rate } from '@isu/values';
import { SystemWatch } from './system-watch.js';
import type { Embedded } from './run.js';
import { tellNight } from './story-night.js';

const purpose = 'Démonstration';
const agent: Asker = { role: 'agent-national', org: 'rsi', purpose };
const viewers = ['collection', 'benefits', 'urssaf-sync'] as const;

/** A due date as collection shows it to a person. */
interface DueInstalment {
  readonly account: string;
  readonly id: string;
  readonly dueOn: string;
  readonly amount: string;
  readonly reference: string;
}

type Say = (line?: string) => void;

/**
 * The story of the founding failure, and how it ends here: a declaration, a call, Urssaf's payment file, three views with one
 * fingerprint, quarters opened; then the same file again, a file skipped, and the file sent again; and at night both organisations' books.
 */
export async function tellStory(embedded: Embedded, say: Say): Promise<void> {
  const quiet = await SystemWatch.open(embedded.databaseUrl);
  try {
    await new Story(embedded, quiet, say).tell();
  } finally {
    await quiet.close();
  }
}

class Story {
  private readonly client: SystemClient;
  private readonly karim: string;
  private readonly sophie: string;

  constructor(
    private readonly embedded: Embedded,
    private readonly quiet: SystemWatch,
    private readonly say: Say,
  ) {
    this.client = embedded.client;
    const accountOf = (key: string): string => {
      const person = embedded.population.people.find((one) => one.key === key);
      assert(person, `the story is about ${key}, who lives in the demonstration`);
      return person.account;
    };
    this.karim = accountOf('karim');
    this.sophie = accountOf('sophie');
  }

  async tell(): Promise<void> {
    await this.declaration();
    const june = await this.payment();
    await this.sameFileAgain(june);
    const skipped = await this.fileSkipped();
    await this.fileSentAgain(skipped);
    await this.night();
  }

  private async night(): Promise<void> {
    this.title('6. La nuit : deux organismes, deux livres', this.embedded.clock.today().plusDays(1));
    await tellNight(this.embedded, this.quiet, this.say);
    this.say();
  }

  private async declaration(): Promise<void> {
    this.title('1. Une déclaration, un appel', Day.of('2016-05-20'));
    this.say(`Karim, épicier à Aubervilliers, compte ${this.karim}, déclare son revenu de 2015 : 26 000 €.`);
    await this.client.post(`/api/collection/v1/accounts/${this.karim}/incomes`, {
      as: agent,
      json: { year: 2015, amount: '26000', source: 'net-entreprises' },
    });
    await this.settle();
    const { body } = await this.client.get<{ lines: { code: string; base: string; rate: string; amount: string }[]; total: string }>(
      `/api/collection/v1/accounts/${this.karim}/assessments/2016`,
      agent,
    );
    for (const line of body.lines)
      this.say(
        `   ${line.code.padEnd(26)}${Money.of(line.base).print().padStart(14)}  × ${Rate.of(line.rate).print().padStart(8)}${Money.of(line.amount).print().padStart(14)}`,
      );
    this.say(`   ${'cotisations de 2016'.padEnd(26)}${Money.of(body.total).print().padStart(40)}`);
    assert.equal(body.total, '12087', 'the trader of the article owes 12 087 €');
  }

  private async payment(): Promise<WrittenPayment> {
    const june = await this.instalment(this.karim, '2016-06');
    const spring = await this.instalment(this.sophie, '2016-Q2');
    this.title('2. Urssaf encaisse et envoie son fichier', Day.of(june.dueOn));
    this.say(`Sophie, fleuriste au revenu de 3 000 €, est en retard de son échéance du ${Day.of(spring.dueOn).print()} :`);
    const before = await this.quarters(this.sophie, 'avant');
    const sent = await this.deliver(this.prepare([june, { ...spring, dueOn: june.dueOn }], {}));
    this.say(
      `Lot n° ${String(sent.number)} : ${Money.of(june.amount).print()} de Karim, ${Money.of(spring.amount).print()} de Sophie. Reçu signé en retour.`,
    );
    await this.settle();
    const after = await this.quarters(this.sophie, 'après');
    assert(after > before, 'the payment opens quarters');
    this.say('Et le compte de Karim :');
    await this.threeViews();
    return sent;
  }

  private async sameFileAgain(sent: WrittenPayment): Promise<void> {
    this.title('3. Le même fichier, une seconde fois');
    const before = await this.fingerprint();
    const { text } = await sendBatch(this.client, sent.batch, this.embedded.partnerKey.privateKey);
    await this.settle();
    assert.equal(text, sent.receipt, 'the same batch is answered with the same receipt');
    assert.equal(await this.fingerprint(), before, 'nothing has changed');
    this.say('Même reçu, octet pour octet ; même empreinte : rien n’a changé.');
  }

  private async fileSkipped(): Promise<WrittenPayment> {
    const july = await this.instalment(this.karim, '2016-07');
    this.title('4. Un fichier se perd (la panne de 2008)', Day.of(july.dueOn).plusDays(5));
    const lost = this.prepare([july], {});
    const next = this.prepare([], { after: lost });
    await this.deliver(next);
    await this.settle();
    this.say(
      `Le lot n° ${String(lost.number)}, où se trouvait le paiement de juillet, n’est pas arrivé ; le n° ${String(next.number)}, si.`,
    );
    const { body } = await this.rightsOf(this.karim);
    assert.equal(body.upToDate.value, 'unknown', 'never no while a batch is missing');
    this.say(`À jour ? « ${words[body.upToDate.value]} », et non « non » :`);
    for (const reason of body.upToDate.reasons) this.say(`   ${reason.text}`);
    return lost;
  }

  private async fileSentAgain(lost: WrittenPayment): Promise<void> {
    this.title('5. Le fichier est renvoyé');
    await this.deliver(lost);
    await this.settle();
    const { body } = await this.rightsOf(this.karim);
    assert.equal(body.upToDate.value, 'yes', 'everything converges');
    this.say(`À jour ? « ${words[body.upToDate.value]} ».`);
    await this.threeViews();
  }

  private title(text: string, day?: Day): void {
    if (day) this.embedded.clock.moveTo(day);
    this.say(`\n${text} — ${this.embedded.clock.today().print()}\n`);
  }

  private async settle(): Promise<void> {
    await this.quiet.untilQuiet();
  }

  private async instalment(account: string, id: string): Promise<DueInstalment> {
    const { body } = await this.client.get<{ instalments: DueInstalment[] }>(
      `/api/collection/v1/accounts/${account}/instalments?from=2016-01-01&to=2016-12-31`,
      agent,
    );
    const found = body.instalments.find((instalment) => instalment.id === id);
    assert(found, `the account has an instalment ${id}`);
    return { ...found, account };
  }

  private async threeViews(): Promise<void> {
    const views = await Promise.all(
      viewers.map((service) => this.client.get<{ fingerprint: string }>(`/api/${service}/v1/accounts/${this.karim}/view`, agent)),
    );
    for (const [rank, service] of viewers.entries()) this.say(`   ${service.padEnd(12)} ${views[rank]?.body.fingerprint ?? ''}`);
    assert.equal(new Set(views.map(({ text }) => text)).size, 1, 'three services answer the same bytes');
    this.say('Trois services, trois copies des faits, une empreinte.');
  }

  private async fingerprint(): Promise<string> {
    return (await this.client.get<{ fingerprint: string }>(`/api/benefits/v1/accounts/${this.karim}/view`, agent)).body.fingerprint;
  }

  private rightsOf(account: string) {
    return this.client.get<Rights>(`/api/benefits/v1/accounts/${account}/rights`, agent);
  }

  /** Validated quarters of 2016, told. */
  private async quarters(account: string, moment: string): Promise<number> {
    const year = (await this.rightsOf(account)).body.quarters.find((one) => one.year === 2016);
    assert(year, 'the contributions of 2016 have been called');
    const paid = `${Money.of(year.paid).print()} de retraite de base payés sur ${Money.of(year.called).print()}`;
    this.say(`   ${moment} : ${String(year.validated)} trimestre(s) de 2016 sur ${String(year.possible)} (${paid})`);
    return year.validated;
  }

  private last: WrittenPayment | null = null;

  private prepare(instalments: readonly DueInstalment[], { after }: { after?: WrittenPayment }): WrittenPayment {
    const { series } = this.embedded.urssaf;
    const before = after ?? this.last ?? { number: series.number, batch: { digest: series.digest } };
    const number = before.number + 1;
    const businessDate = this.embedded.clock.today().iso;
    const batch = paymentsBatch({
      number,
      businessDate,
      previousDigest: before.batch.digest,
      records: instalments.map((instalment) => this.record(instalment)),
    });
    return { number, batch, receipt: '' };
  }

  private async deliver(prepared: WrittenPayment): Promise<WrittenPayment> {
    const { text } = await sendBatch(this.client, prepared.batch, this.embedded.partnerKey.privateKey);
    this.last = { ...prepared, receipt: text };
    return this.last;
  }

  private record({ account, id, dueOn, amount, reference }: DueInstalment): MoneyRecord {
    return {
      type: 'payment',
      reference: `${account}-${id}`,
      account,
      amount,
      valueOn: dueOn,
      means: 'transfer',
      paymentReference: reference,
    };
  }
}

interface WrittenPayment {
  readonly number: number;
  readonly batch: { readonly text: string; readonly digest: string };
  readonly receipt: string;
}

const words = { yes: 'oui', no: 'non', unknown: 'on ne sait pas encore' };
