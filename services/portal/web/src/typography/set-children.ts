import type { ElementType } from 'react';
import { typeset } from './french.js';

interface Props {
  readonly children?: unknown;
}

/** What is shown as it is written: programs and the texts of machines. */
const verbatim: ReadonlySet<unknown> = new Set(['code', 'pre', 'script']);

/** The properties of an element, with the texts among its children typeset. */
export function setChildren<P extends Props>(type: ElementType, props: P): P {
  if (verbatim.has(type)) return props;
  const { children } = props;
  if (typeof children === 'string') return { ...props, children: typeset(children) };
  if (!Array.isArray(children) || !children.some((child) => typeof child === 'string')) return props;
  return { ...props, children: children.map((child: unknown) => (typeof child === 'string' ? typeset(child) : child)) };
}
