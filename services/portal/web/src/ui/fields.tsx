import { useId, useState, type FormEvent, type InputHTMLAttributes, type ReactNode } from 'react';

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'required' | 'value' | 'className' | 'id'>;

interface FieldProps extends Input {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean;
  /** What is asked and how to answer it, before any mistake. */
  readonly help?: ReactNode;
  /** What is wrong and what would be accepted. */
  readonly error?: string | null;
  /** Written after the box: `€`. */
  readonly unit?: string;
}

/** What the browser itself finds wrong (left empty, no e-mail…) is said under the box too, where a bubble would soon be gone. */
export function Field({ label, help, error, unit, onChange, isRequired, ...props }: FieldProps) {
  const id = useId();
  const [found, setFound] = useState<string | null>(null);
  const wrong = error ?? found;
  const described = [help === undefined ? null : `${id}-help`, wrong === null ? null : `${id}-error`].filter((part) => part !== null);
  return (
    <div className={unit === undefined ? 'field' : 'field field-amount'}>
      <label htmlFor={id}>{label}</label>
      {help === undefined ? null : (
        <span id={`${id}-help`} className="field-help">
          {help}
        </span>
      )}
      <span className="field-unit">
        <input
          type="text"
          {...props}
          id={id}
          required={isRequired}
          aria-invalid={wrong === null ? undefined : true}
          aria-describedby={described.length === 0 ? undefined : described.join(' ')}
          onChange={(event) => {
            setFound(null);
            onChange(event.target.value);
          }}
          onInvalid={(event) => setFound(faultIn(event))}
        />
        {unit === undefined ? null : <span aria-hidden="true">{unit}</span>}
      </span>
      {wrong === null ? null : (
        <span id={`${id}-error`} className="field-error">
          {wrong}
        </span>
      )}
    </div>
  );
}

/** In the words of the browser, which would say it in a bubble; the first box of the form that is wrong takes the focus. */
function faultIn(event: FormEvent<HTMLInputElement>): string {
  event.preventDefault();
  const box = event.currentTarget;
  if (box.form?.querySelector(':invalid') === box) box.focus();
  return box.validationMessage;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly help?: string;
}

interface ChoicesProps {
  readonly label: string;
  readonly help?: ReactNode;
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly choose: (value: string) => void;
}

/** One of a few, all in sight. */
export function Choices({ label, help, choices, value, choose }: ChoicesProps) {
  const id = useId();
  return (
    <div
      className="choices"
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={help === undefined ? undefined : `${id}-help`}
    >
      <span id={`${id}-label`} className="field-label">
        {label}
      </span>
      {help === undefined ? null : (
        <span id={`${id}-help`} className="field-help">
          {help}
        </span>
      )}
      <div className="choices-list">
        {choices.map((choice) => (
          <label key={choice.value} className="choice">
            <input
              type="radio"
              className="only-read"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => choose(choice.value)}
            />
            <span>
              <span className="choice-text">{choice.text}</span>
              {choice.help === undefined ? null : <span className="choice-help">{choice.help}</span>}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}

interface NativeFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** One of a list. The browser's own control: on a phone nothing is better. */
export function Select({
  label,
  help,
  value,
  change,
  options,
}: NativeFieldProps & { readonly options: readonly { value: string; text: string }[] }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => change(event.target.value)}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      {help === undefined ? null : (
        <span id={`${id}-help`} className="field-help">
          {help}
        </span>
      )}
    </div>
  );
}

/** A day, with the calendar of the device. */
export function DayField({ label, help, value, change, min, max }: NativeFieldProps & { readonly min?: string; readonly max?: string }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={value}
        min={min}
        max={max}
        onChange={(event) => change(event.target.value)}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
      />
      {help === undefined ? null : (
        <span id={`${id}-help`} className="field-help">
          {help}
        </span>
      )}
    </div>
  );
}
