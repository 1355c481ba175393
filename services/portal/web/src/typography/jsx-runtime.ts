import type { ElementType, Key, ReactElement } from 'react';
import * as react from 'react/jsx-runtime';
import { setChildren } from './set-children.js';

/*
 * What JSX is compiled to in the browser's bundle (vite.config.mjs): React's own functions, with every text typeset on its way. So the
 * sources are written with plain spaces, and the words of services are set like ours.
 */
type Create = (type: ElementType, props: object, key?: Key) => ReactElement;

export const { Fragment } = react;

export const jsx: Create = (type, props, key) => react.jsx(type, setChildren(type, props), key);

export const jsxs: Create = (type, props, key) => react.jsxs(type, setChildren(type, props), key);
