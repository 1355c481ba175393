import { openKafkaBus, runFront } from '@isu/chassis';
import { portal } from './index.js';

/** The portal in a process of its own: its API, its pages at the root of its port, and what it sends by mail. */
await runFront(portal, openKafkaBus);
