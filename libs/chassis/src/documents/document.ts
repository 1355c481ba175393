/** A document as it is read, before any page: what is printed is exactly what stands here. */
export interface PrintedDocument {
  /** Also the title in the file's own properties. */
  readonly title: string;
  /** Under the title: what it is about, whose it is, its version. */
  readonly heading: readonly string[];
  readonly blocks: readonly Block[];
  /** At the foot of every page. */
  readonly footer: string;
  /** The day that the file says it was made on: the same document, the same bytes. */
  readonly madeOn: Date;
}

export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'small'; readonly text: string }
  | { readonly kind: 'banner'; readonly text: string }
  | TableBlock;

export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Rows from this one on are sums: printed bold. */
  readonly sumsFrom?: number;
}

export interface Column {
  readonly title: string;
  /** Parts of the width of the page. */
  readonly width: number;
  readonly align?: 'left' | 'right';
}
