export type PricingRefusalCode =
  | 'not-a-situation'
  | 'unknown-field'
  | 'missing-field'
  | 'unknown-year'
  | 'unknown-status'
  | 'unknown-stage'
  | 'unknown-activity'
  | 'field-not-of-status'
  | 'field-not-of-year'
  | 'bad-amount'
  | 'bad-value'
  | 'date-outside-year'
  | 'rate-changes-within-period'
  | 'not-in-force'
  | 'figures-unknown'
  | 'adjustment-across-years';

/**
 * The library's way of saying no: what was wrong, where, and what would be accepted, in French, for people.
 * The refused value never enters the wording: it may be personal or hostile.
 */
export class PricingRefusal extends Error {
  readonly code: PricingRefusalCode;
  readonly field: string;
  readonly accepted: string;

  constructor(code: PricingRefusalCode, refusal: { field: string; detail: string; accepted: string }) {
    super(refusal.detail);
    this.name = 'PricingRefusal';
    this.code = code;
    this.field = refusal.field;
    this.accepted = refusal.accepted;
  }

  toJSON(): { code: PricingRefusalCode; field: string; detail: string; accepted: string } {
    return { code: this.code, field: this.field, detail: this.message, accepted: this.accepted };
  }
}
