import { useId, type InputHTMLAttributes } from 'react';
import { Choices, Field, Select, type Choice } from '../ui/fields.js';

/** One thing that is said. */
export interface ActFieldShape {
  /** As the service calls it. */
  readonly name: string;
  readonly kind: 'text' | 'long' | 'day' | 'amount' | 'choice' | 'select' | 'tick' | 'yes-no';
  readonly label: string;
  readonly help?: string;
  readonly choices?: readonly Choice[];
  readonly start?: string | boolean;
  readonly isOptional?: boolean;
  /** Emptied, it is taken away rather than left as it is. */
  readonly emptyIsNone?: boolean;
  /** A whole number on the wire. */
  readonly isNumber?: boolean;
  /** Asked of the person, never sent: a consent. */
  readonly isAsked?: boolean;
  readonly max?: number;
  readonly input?: Pick<InputHTMLAttributes<HTMLInputElement>, 'autoComplete' | 'inputMode' | 'type'>;
}

interface ActFieldProps {
  readonly field: ActFieldShape;
  readonly value: string | boolean;
  readonly change: (value: string | boolean) => void;
  readonly error: string | null;
}

const yesNo: readonly Choice[] = [
  { value: 'yes', text: 'Oui' },
  { value: 'no', text: 'Non' },
];

export function ActField({ field, value, change, error }: ActFieldProps) {
  const { kind, label, help, choices = [], isOptional = false, max, input } = field;
  const shownLabel = isOptional && kind !== 'tick' ? `${label} (facultatif)` : label;
  const text = String(value);
  switch (kind) {
    case 'tick':
      return <Tick label={label} isTicked={value === true} change={change} error={error} />;
    case 'choice':
    case 'yes-no':
      return (
        <div className="stack-tight">
          <Choices
            label={shownLabel}
            help={help}
            choices={kind === 'yes-no' ? yesNo : choices}
            value={text === '' ? null : text}
            choose={change}
          />
          {error === null ? null : <p className="field-error">{error}</p>}
        </div>
      );
    case 'select':
      return (
        <div className="stack-tight">
          <Select
            label={shownLabel}
            help={help}
            value={text}
            change={change}
            options={[{ value: '', text: isOptional ? '—' : 'Choisissez' }, ...choices]}
          />
          {error === null ? null : <p className="field-error">{error}</p>}
        </div>
      );
    case 'long':
      return <LongText label={shownLabel} help={help} value={text} change={change} error={error} max={max} />;
    default:
      return (
        <Field
          {...(kind === 'day' ? { type: 'date' } : kind === 'amount' ? { inputMode: 'decimal', unit: '€', autoComplete: 'off' } : {})}
          {...input}
          label={shownLabel}
          help={help}
          value={text}
          onChange={change}
          error={error}
          maxLength={max}
          isRequired={!isOptional}
        />
      );
  }
}

function Tick({
  label,
  isTicked,
  change,
  error,
}: {
  readonly label: string;
  readonly isTicked: boolean;
  readonly change: (value: boolean) => void;
  readonly error: string | null;
}) {
  const id = useId();
  return (
    <div className="stack-tight">
      <label className="tick">
        <input
          type="checkbox"
          checked={isTicked}
          onChange={(event) => change(event.target.checked)}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={error === null ? undefined : `${id}-error`}
        />
        <span>{label}</span>
      </label>
      {error === null ? null : (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}

interface LongTextProps {
  readonly label: string;
  readonly help: string | undefined;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error: string | null;
  readonly max: number | undefined;
}

function LongText({ label, help, value, change, error, max }: LongTextProps) {
  const id = useId();
  const described = [help === undefined ? null : `${id}-help`, error === null ? null : `${id}-error`].filter((part) => part !== null);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {help === undefined ? null : (
        <span id={`${id}-help`} className="field-help">
          {help}
        </span>
      )}
      <textarea
        id={id}
        rows={5}
        value={value}
        maxLength={max}
        onChange={(event) => change(event.target.value)}
        aria-invalid={error === null ? undefined : true}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
      />
      {error === null ? null : (
        <span id={`${id}-error`} className="field-error">
          {error}
        </span>
      )}
    </div>
  );
}
