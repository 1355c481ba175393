/** Writes docs/law.md from the rules themselves (article → file → test). Needs `libs/calc` built: `node tools/law/law.mjs`. */
import { writeFileSync } from 'node:fs';
import { groundTexts, pricedYears, rules } from '@isu/calc';
import { lawPage, page } from './page.mjs';

writeFileSync(page, await lawPage({ rules, groundTexts, pricedYears }));
console.log(`docs/law.md: ${rules.length} rules`);
