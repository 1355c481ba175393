import { useId, type ReactNode } from 'react';
import { FieldError, Input, Label, Radio, RadioGroup, Text, TextField, type TextFieldProps } from 'react-aria-components';

interface FieldProps extends Omit<TextFieldProps, 'children' | 'className'> {
  readonly label: string;
  /** What is asked and how to answer it, before any mistake. */
  readonly help?: ReactNode;
  /** What is wrong and what would be accepted. */
  readonly error?: string | null;
  /** Written after the box: `€`. */
  readonly unit?: string;
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'email';
}

export function Field({ label, help, error, unit, inputMode, ...props }: FieldProps) {
  return (
    <TextField {...props} className={unit === undefined ? 'field' : 'field field-amount'} isInvalid={error !== null && error !== undefined}>
      <Label>{label}</Label>
      {help === undefined ? null : (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <span className="field-unit">
        <Input inputMode={inputMode} />
        {unit === undefined ? null : <span aria-hidden="true">{unit}</span>}
      </span>
      <FieldError className="field-error">{error ?? undefined}</FieldError>
    </TextField>
  );
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
  return (
    <RadioGroup className="choices" value={value} onChange={choose}>
      <Label className="field-label">{label}</Label>
      {help === undefined ? null : (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <div className="choices-list">
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className="choice">
            <span>
              <span className="choice-text">{choice.text}</span>
              {choice.help === undefined ? null : <span className="choice-help">{choice.help}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
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
