import { runService } from '@isu/chassis';
import { benefits } from './index.js';

await runService(benefits);
