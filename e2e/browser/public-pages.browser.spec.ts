import { screenSizes, sharedBrowser, Visitor, type ScreenSize } from './visitor.js';

afterAll(async () => (await sharedBrowser()).close());

/** What anybody may open, signed in or not. */
const pages = [['welcome', '/']] as const;

describe.each(Object.keys(screenSizes) as ScreenSize[])('F4 a page that anybody may open, on a screen of the size “%s”', (size) => {
  let visitor: Visitor;
  beforeEach(async () => (visitor = await Visitor.arrive(size)));
  afterEach(() => visitor.leave());

  it.each(pages)('%s: no barrier to anybody, no sideways scrolling, nothing for the console to complain of', async (name, path) => {
    await visitor.open(path);
    expect(await visitor.faultsOf(name)).toEqual([]);
  });
});
