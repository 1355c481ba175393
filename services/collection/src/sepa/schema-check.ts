import { XmlDocument, XsdValidator } from 'libxml2-wasm';

/** A message that its schema does not take: a fault of ours. What it holds is never repeated. */
export class MessageNotValid extends Error {
  constructor() {
    super('A message for the bank does not follow its schema; it does not leave.');
  }
}

/** Checks messages against one schema. A message is in memory whole while it is checked: they are of bounded size. */
export class SchemaCheck {
  private readonly validator: XsdValidator;

  constructor(schema: string) {
    const parsed = XmlDocument.fromString(schema);
    this.validator = XsdValidator.fromDoc(parsed);
  }

  /** Throws `MessageNotValid`. */
  check(message: string): void {
    const document = XmlDocument.fromString(message);
    try {
      this.validator.validate(document);
    } catch {
      throw new MessageNotValid();
    } finally {
      document.dispose();
    }
  }
}
