import { renderToStaticMarkup } from 'react-dom/server';
import { Amount, DayText, printedInstant, printedWhole } from './figures.js';

describe('figures as French people write them', () => {
  it('an amount has a comma, narrow no-break spaces, and its wire text for machines', () => {
    expect(renderToStaticMarkup(<Amount of="1234.56" />)).toBe('<data class="amount" value="1234.56">1\u202f234,56\u00a0€</data>');
  });

  it('whole euros may go without their cents, others never', () => {
    expect(printedWhole('1690')).toBe('1\u202f690\u00a0€');
    expect(printedWhole('1690.50')).toBe('1\u202f690,50\u00a0€');
    expect(printedWhole('0')).toBe('0\u00a0€');
  });

  it('a day is written in full, the first of a month as « 1er »', () => {
    expect(renderToStaticMarkup(<DayText of="2016-05-20" />)).toBe('<time dateTime="2016-05-20">20 mai 2016</time>');
    expect(renderToStaticMarkup(<DayText of="2016-05-01" />)).toContain('1er mai 2016');
  });

  it('an instant is told by the clock of Paris, also when it is already tomorrow there', () => {
    expect(printedInstant('2016-05-20T22:30:00.000Z')).toBe('21 mai 2016 à 00:30');
    expect(printedInstant('2016-01-20T12:05:00.000Z')).toBe('20 janvier 2016 à 13:05');
  });
});
