export interface Measured {
  /** Where the page ended: a page that sends away measures another. */
  readonly address: string;
  /** Lighthouse's index of how fast this machine was: some 1 500 for the one it takes for granted. */
  readonly hostIndex: number;
  readonly accessibility: number;
  readonly performance: number;
  /** Accessibility audits that failed. */
  readonly failed: readonly string[];
  readonly figures: readonly string[];
}

export function installLighthouse(): Promise<void>;
/** How much slower this machine must be made to be a middling phone. */
export function slowdownFor(hostIndex: number): number;
export function measure(url: string, options?: { readonly cookie?: string; readonly slowdown?: number }): Promise<Measured>;
