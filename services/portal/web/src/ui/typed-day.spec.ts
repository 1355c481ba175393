import { isDayTyped } from './typed-day.js';

describe('a day as a date field gives it while it is being typed', () => {
  it.each(['2016-05-20', '1999-12-31', '2016-02-29'])('%s is meant', (text) => expect(isDayTyped(text)).toBe(true));
  it.each(['', '0002-05-20', '0201-05-20', '2015-02-29', '2016-13-01', '2016-5-2'])('« %s » is not yet, or never', (text) =>
    expect(isDayTyped(text)).toBe(false),
  );
});
