export interface Measured {
  /** Where the page ended: a page that sends away measures another. */
  readonly address: string;
  readonly accessibility: number;
  readonly performance: number;
  /** Accessibility audits that failed. */
  readonly failed: readonly string[];
  readonly figures: readonly string[];
}

export function installLighthouse(): Promise<void>;
export function measure(url: string, options?: { readonly cookie?: string }): Promise<Measured>;
