import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { root } from '../running-system.js';
import { house, wanted } from './house.js';

/** The narrowest screen that every journey must fit on (F4), and a desk. */
export const screenSizes = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } } as const;
export type ScreenSize = keyof typeof screenSizes;

export const screensFolder = join(root, 'e2e', 'browser', 'screens');
/** In CI only the screens that have a fault are: a picture is a tenth of what the judgement of a screen costs. */
const isLookedAt = process.env['CI'] !== 'true';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Promise<Browser> | undefined;
/** The Chromium of the run, connected to once per spec file. */
export const sharedBrowser = (): Promise<Browser> => (browser ??= chromium.connect(wanted('ISU_BROWSER')));

/** Answers that a page rightly gets and that the console reports as errors all the same. */
type Expected = RegExp;

/** Somebody with a browser of their own: what the page complains of is kept, and asked for at each screen. */
export class Visitor {
  private complaints: string[] = [];
  private expected: readonly Expected[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly size: ScreenSize,
    readonly url: string,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async arrive(size: ScreenSize = 'desk', { url } = house): Promise<Visitor> {
    const context = await (
      await sharedBrowser()
    ).newContext({ viewport: screenSizes[size], locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', baseURL: url });
    context.setDefaultTimeout(15_000);
    return new Visitor(context, await context.newPage(), size, url);
  }

  /** From now on the console may report these (a 404 that the journey looks for, a service that is stopped). */
  expecting(...patterns: Expected[]): this {
    this.expected = patterns;
    return this;
  }

  /** Opens an address and waits until nothing is being loaded any more. */
  async open(path: string): Promise<void> {
    await this.page.goto(path, { waitUntil: 'load' });
    await this.settled();
  }

  /** The heading is there and no part of the page says that it is still loading. */
  async settled(): Promise<void> {
    await this.page.locator('h1').first().waitFor();
    await this.page.locator('.waiting').first().waitFor({ state: 'detached' });
  }

  /** What is wrong with the screen as it stands: axe, sideways scrolling, complaints of the console. Leaves its picture where somebody looks. */
  async faultsOf(name: string): Promise<string[]> {
    await this.settled();
    const faults = [...(await this.barriers()), ...(await this.sideways()), ...this.takeComplaints()];
    if (isLookedAt || faults.length > 0) await this.leavePicture(name);
    return faults.map((fault) => `${name}: ${fault}`);
  }

  private async leavePicture(name: string): Promise<void> {
    // A panel covers the screen, not the page behind it.
    const fullPage = (await this.page.getByRole('dialog').count()) === 0;
    await this.page.screenshot({ path: join(screensFolder, `${name}.${this.size}.png`), fullPage, animations: 'disabled' });
  }

  takeComplaints(): string[] {
    const heard = this.complaints.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
    this.complaints = [];
    return heard.map((text) => `console: ${text}`);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }

  /** Everything that axe knows to look for, WCAG 2.2 AA and good practice. */
  private async barriers(): Promise<string[]> {
    await this.page.evaluate(axeSource);
    // Every rule runs; what holds needs no account of each place where it does, nor the road from the browser to here.
    const violations = await this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
      return (await axe.run({ resultTypes: ['violations'] })).violations;
    });
    return violations.map(({ id, help, nodes }) => `axe ${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')})`);
  }

  /** F4: nothing sticks out of the screen. A table may scroll in a region of its own. */
  private async sideways(): Promise<string[]> {
    const wide = await this.page.evaluate(() => {
      const { document } = globalThis as unknown as { document: BrowserDocument };
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth > clientWidth ? `${String(scrollWidth)} px on a screen of ${String(clientWidth)} px` : null;
    });
    return wide === null ? [] : [`scrolls sideways: ${wide}`];
  }
}

/** As much of the DOM as is read here: this repository's programs are compiled for Node. */
interface BrowserDocument {
  readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
}
