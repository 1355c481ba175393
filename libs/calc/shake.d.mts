import type { Plugin } from 'esbuild';

export function sourceSince(year: number, text: string): string;
export function lawSince(year: number): Plugin;
