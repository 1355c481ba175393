import { openKafkaBus, runService } from '@isu/chassis';
import { benefits } from './index.js';

/** The service in a process of its own: HTTP, relay, consumer and workers, on Kafka and PostgreSQL. */
await runService(benefits, openKafkaBus);
