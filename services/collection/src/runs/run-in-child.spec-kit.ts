import { KnownFlows } from '@isu/chassis';
import { FactStore } from '@isu/messaging';
import { FakeClock, silentLogger } from '@isu/testing';
import { DataSource } from 'typeorm';
import { useCases } from '../use-cases.js';
import { RunsService } from './runs.service.js';

/** A process of its own that regularises a year, a few accounts at a time, until it is done or killed. */
const [url = '', day = '', year = ''] = process.argv.slice(2);
const db = await new DataSource({ type: 'postgres', url, installExtensions: false, poolSize: 4 }).initialize();
const clock = new FakeClock(day);
const facts = new FactStore('collection', clock);
const { works } = useCases({ db, facts, flows: new KnownFlows(facts), clock, log: silentLogger });
await new RunsService({ db, clock, works, accountsAtATime: 3 }).run('regularisation', Number(year), '01890000-0000-7000-8000-00000000000d');
await db.destroy();
