/** One instance of collection, forked by `sharers.mjs`: regularises its share of the accounts in sets, and says how far it has come. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { KnownFlows, PreparingClient } from '@isu/chassis';
import { FactStore } from '@isu/messaging';
import { Day } from '@isu/values';
import { DataSource } from 'typeorm';
import { useCases } from '../dist/use-cases.js';
import { weighing } from './weighing.mjs';

const [{ url, accounts, atATime, lanes, today }] = await once(process, 'message');
const now = () => new Date(performance.timeOrigin + performance.now());
const clock = { now, today: () => Day.of(today), recordedAt: () => `${today}T${now().toISOString().slice(11)}` };
const log = { debug() {}, info() {}, warn: console.warn, error: console.error, child: () => log };
// As services connect.
const db = await new DataSource({ type: 'postgres', url, installExtensions: false, extra: { Client: PreparingClient } }).initialize();
const facts = new FactStore('collection', clock);
const { received } = useCases({ db, facts, flows: new KnownFlows(facts), clock, log });

const income = (account, rank) => ({
  ...{ id: randomUUID(), subject: account, type: 'urssaf-sync.income-received.v1', correlation: randomUUID() },
  data: { declarationId: `DSI-${account}-2015`, year: 2015, amount: String(26_000 + (rank % 9_000)), kind: 'declared', receivedOn: today },
});
const processorMs = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
};
const { tenths: memory, costs, weigh } = weighing(accounts.length);
let done = 0;

async function lane(which) {
  for (let from = which * atATime; from < accounts.length; from += lanes * atATime) {
    const some = accounts.slice(from, from + atATime).map((account, rank) => income(account, from + rank));
    await db.transaction((tx) => received.receive(tx, some));
    done += some.length;
    weigh(some.length);
    process.send({ done, nodeMs: spent() });
  }
}

process.send('ready');
await once(process, 'message');
const before = process.cpuUsage();
// Nobody but this bench asks for the collector.
const spent = () => processorMs(before) - costs.nodeMs;
await Promise.all(Array.from({ length: lanes }, (_, which) => lane(which)));
process.send({ done, nodeMs: spent(), memory });
// What its sessions have cost is counted while they last.
await once(process, 'disconnect');
await db.destroy();
