import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { FileFaults } from '@isu/chassis';

const deepest = 40;
const longestText = 500;
/** Characters without a tag between them: no message of ours has so many, and they would be held in memory. */
const longestStretch = 1_048_576;

/** What is told of a document, element by element. A path is `Document/…/Ntry`, by local names. */
export interface XmlListener {
  opened(path: string, element: { readonly uri: string; readonly currency: string }): void;
  /** `text` is the element's own, blanks made one; of an element with children, what follows the last of them. */
  closed(path: string, text: string): void;
}

/** Reads XML as it comes, in flat memory. DTDs and entities are refused before anything of them is looked at. */
export class SafeXml {
  private readonly parser = new SaxesParser({ xmlns: true });
  private readonly paths: string[] = [];
  private text = '';
  private stretch = 0;
  private isStopped = false;

  constructor(
    private readonly faults: FileFaults,
    private readonly listener: XmlListener,
  ) {
    this.parser.on('doctype', () => this.stop('doctype', 'un document sans DOCTYPE ni entités'));
    this.parser.on('xmldecl', ({ encoding }) => {
      if (encoding && encoding.toLowerCase() !== 'utf-8') this.stop('encoding', 'un document en UTF-8');
    });
    this.parser.on('error', () => this.stop('xml-malformed', 'un document XML bien formé et entier'));
    this.parser.on('opentag', (tag) => this.open(tag));
    this.parser.on('text', (text) => this.append(text));
    this.parser.on('cdata', (text) => this.append(text));
    this.parser.on('closetag', () => this.close());
  }

  /** False once the file is refused: the rest need not be read. */
  take(text: string): boolean {
    this.stretch += text.length;
    if (!this.isStopped) this.parser.write(text);
    if (this.stretch > longestStretch) this.stop('text-too-long', 'des éléments de taille ordinaire');
    return !this.isStopped;
  }

  /** The end of the file: true when nothing was amiss with it. */
  end(): boolean {
    if (!this.isStopped) this.parser.close();
    return !this.isStopped;
  }

  stop(code: string, accepted: string): void {
    if (!this.isStopped) this.faults.add({ line: this.parser.line, field: '', code, accepted });
    this.isStopped = true;
  }

  private open({ local, uri, attributes }: SaxesTagNS): void {
    this.stretch = 0;
    if (this.isStopped) return;
    const above = this.paths.at(-1);
    const path = above === undefined ? local : `${above}/${local}`;
    this.paths.push(path);
    this.text = '';
    if (this.paths.length > deepest) return this.stop('xml-too-deep', `au plus ${String(deepest)} niveaux imbriqués`);
    this.listener.opened(path, { uri, currency: String((attributes['Ccy'] as { value?: string } | undefined)?.value ?? '') });
  }

  private append(text: string): void {
    if (this.text.length < longestText) this.text += text.slice(0, longestText);
  }

  private close(): void {
    this.stretch = 0;
    if (this.isStopped) return;
    const text = this.text.replace(/\s+/g, ' ').trim();
    this.text = '';
    this.listener.closed(this.paths.pop() ?? '', text);
  }
}
