/**
 * A text that is not the value it claims to be. The text itself never enters the message: it may be a NIR, an IBAN or a forged log line.
 * `code` is stable (programs rely on it, `money-malformed`); `accepted` is the French sentence that a person reads beside the field.
 */
export class InvalidValue extends Error {
  override readonly name = 'InvalidValue';

  constructor(
    readonly code: string,
    readonly accepted: string,
  ) {
    super(`${code} — attendu : ${accepted}`);
  }
}

/** The text when it has the asked form; refuses numbers, null and objects too, since requests are only typed on paper. */
export function textOfForm(text: unknown, form: RegExp, refusal: { code: string; accepted: string }): string {
  if (typeof text !== 'string' || !form.test(text)) throw new InvalidValue(refusal.code, refusal.accepted);
  return text;
}
