import { openKafkaBus, runService } from '@isu/chassis';
import { affiliation } from './index.js';

/** The service in a process of its own: HTTP, relay, consumer and workers, on Kafka and PostgreSQL. */
await runService(affiliation, openKafkaBus);
