import { installLighthouse } from './measure.mjs';

await installLighthouse();
