import type { Page } from 'playwright-core';

/** What has the focus, as a screen reader would say it. */
interface Focused {
  readonly role: string;
  readonly name: string;
}

const mostStops = 120;

/** Somebody who has no mouse: goes by Tab from stop to stop, and knows each stop by its role and name. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes on by Tab until that stop has the focus. Fails when the focus comes round without meeting it, or cannot be seen. */
  async goTo(role: string, name: RegExp): Promise<void> {
    const met: string[] = [];
    for (let stop = 0; stop < mostStops; stop += 1) {
      await this.page.keyboard.press('Tab');
      const focused = await this.focused();
      if (focused?.role === role && name.test(focused.name)) return this.seesFocus(focused);
      met.push(focused ? `${focused.role} "${focused.name}"` : '-');
    }
    throw new Error(`Tab never reaches ${role} ${String(name)}; it met ${[...new Set(met)].join(', ')}`);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async focused(): Promise<Focused | null> {
    if (await this.page.evaluate('document.activeElement === document.body')) return null;
    const snapshot = await this.page
      .locator(':focus')
      .first()
      .ariaSnapshot({ timeout: 2_000 })
      .catch(() => '');
    const said = /^- '?(?<role>[a-z]+)(?: "(?<name>(?:[^"\\]|\\.)*)")?/u.exec(snapshot)?.groups;
    return said ? { role: said['role'] ?? '', name: said['name'] ?? '' } : null;
  }

  /** WCAG 2.4.7 and 2.4.11: whoever goes by keyboard sees where they are. */
  private async seesFocus({ role, name }: Focused): Promise<void> {
    const visible = (await this.page.evaluate(`(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const { top, bottom, width, height } = element.getBoundingClientRect();
      const ringed = [element, element.closest('label'), element.parentElement].some((part) => {
        const seen = part && getComputedStyle(part);
        return seen && ((seen.outlineStyle !== 'none' && parseFloat(seen.outlineWidth) > 0) || seen.boxShadow !== 'none');
      });
      return { ringed, onScreen: bottom > 0 && top < innerHeight, large: width > 0 && height > 0, opacity: style.opacity };
    })()`)) as { ringed: boolean; onScreen: boolean };
    if (!visible.ringed || !visible.onScreen) throw new Error(`Nobody can see that ${role} "${name}" has the focus`);
  }
}
