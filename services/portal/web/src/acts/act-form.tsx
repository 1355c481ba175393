import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Refusal } from '../access/outcome.js';
import { tell } from '../asking/portal.js';
import { refresh } from '../asking/queries.js';
import { acceptedIn } from '../asking/refused.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { ActField, type ActFieldShape } from './act-field.js';
import { bodyOf, missingIn, startOf, type Values } from './act-values.js';

export interface ActFormProps<Answer> {
  /** Under the portal: `my/acts/contact`. Its first step names the pages that are asked again afterwards. */
  readonly to: string;
  readonly fields: readonly ActFieldShape[];
  readonly button: string;
  /** What is said besides what is typed. */
  readonly also?: Readonly<Record<string, unknown>>;
  /** How what was typed is said, where that is not field by field. */
  readonly shape?: (typed: Readonly<Record<string, unknown>>) => object;
  /** The version that the form was filled in from: somebody else's correction is not overwritten. */
  readonly version?: number;
  /** Shown once the service has answered. */
  readonly done: (answer: Answer) => ReactNode;
  /** Goes on with the answer, where there is somewhere to go. */
  readonly then?: (answer: Answer) => void;
  /** Keeps what was typed: for questions, which are asked again with another figure. */
  readonly keeps?: boolean;
}

/** Something told to a service: its fields, what is wrong with them in the words of the service, and what it answered. */
export function ActForm<Answer>({
  to,
  fields,
  button,
  also,
  shape = (typed) => typed,
  version,
  done,
  then,
  keeps = false,
}: ActFormProps<Answer>) {
  const [values, setValues] = useState<Values>(() => startOf(fields));
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [isPressed, setPressed] = useState(false);
  const acting = useMutation({
    mutationFn: () => tell<Answer>('POST', to, { ...shape(bodyOf(fields, values)), ...also }, { key, version }),
    onSuccess: (answer) => {
      setKey(crypto.randomUUID());
      setPressed(false);
      if (!keeps) setValues(startOf(fields));
      void refresh(to.slice(0, to.indexOf('/')));
      then?.(answer);
    },
  });
  const change = (name: string, value: string | boolean) => {
    setValues({ ...values, [name]: value });
    // Another content is another act.
    setKey(crypto.randomUUID());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (fields.every((field) => missingIn(field, values) === null)) acting.mutate();
  };
  return (
    <form className="fields" noValidate onSubmit={submit}>
      {fields.map((field) => (
        <ActField
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          change={(value) => change(field.name, value)}
          error={(isPressed ? missingIn(field, values) : null) ?? acceptedIn(acting.error, field.name)}
        />
      ))}
      <Refusal error={acting.error} />
      <div className="row">
        <Button type="submit" kind="main" isDisabled={acting.isPending}>
          {acting.isPending ? 'Envoi…' : button}
        </Button>
      </div>
      {acting.isSuccess ? <div className="stack">{done(acting.data)}</div> : null}
    </form>
  );
}

/** The answer to most acts: it is done, and what follows. */
export function Done({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Notice tone="good" title={title} announced>
      {children}
    </Notice>
  );
}

/** A form that is opened by who needs it, and hides from who does not. */
export function Foldable({
  title,
  isOpen,
  children,
}: {
  readonly title: string;
  /** Shown at once, to whoever has just asked for it. */
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details className="foldable" open={isOpen}>
      <summary>{title}</summary>
      <div className="stack">{children}</div>
    </details>
  );
}
