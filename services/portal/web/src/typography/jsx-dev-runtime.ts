import type { ElementType } from 'react';
import * as react from 'react/jsx-dev-runtime';
import { setChildren } from './set-children.js';

/** The same while one develops. */
export const { Fragment } = react;

type Create = typeof react.jsxDEV;

export const jsxDEV: Create = (type, props, ...rest) => react.jsxDEV(type, setChildren(type as ElementType, props as object), ...rest);
