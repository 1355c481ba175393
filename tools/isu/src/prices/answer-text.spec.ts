import { answerText } from './answer-text.js';
import { answerTo } from './answer.js';

const situations = ['0', '-500', '26000', '54000.50', '250000'].flatMap((income) => [
  { year: 2016, status: 'commercant', stage: 'definitive', income },
  { year: 2018, status: 'artisan', stage: 'provisional', income },
  { year: 2016, status: 'profession-liberale', stage: 'definitive', income, declaredPensionContributions: '3000' },
  { year: 2016, status: 'unheard-of', income },
]);

describe('the text of an answer', () => {
  it.each([false, true])('is that of JSON.stringify, to the byte (derivation: %s)', (derivation) => {
    for (const situation of situations) {
      const answer = answerTo(JSON.stringify(situation), { derivation });
      expect(answerText(answer)).toBe(JSON.stringify(answer));
    }
  });
});
