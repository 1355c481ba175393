import { openEmbeddedBus } from '@isu/chassis';
import { oneTraceSuite } from './one-trace.spec-kit.js';

oneTraceSuite('embedded', (variables, log) => openEmbeddedBus(variables, log, { pollMs: 20 }));
