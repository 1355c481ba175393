const units = [
  [86_400_000, 'j'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

/** `250 ms`, `1,2 s`, `3 min`, rounded up: a delay is never said shorter than it was. */
export function delayText(ms: number | null): string {
  if (ms === null) return 'sans objet';
  const [size, name] = units.find(([least]) => ms >= least) ?? [1, 'ms'];
  if (name === 'ms') return `${String(ms)} ms`;
  const tenths = Math.ceil((ms * 10) / size);
  return `${String(Math.floor(tenths / 10))}${tenths % 10 === 0 ? '' : `,${String(tenths % 10)}`} ${name}`;
}

/** Rounded down to a tenth of a percent: a share is never said larger than it is. */
export function shareText(part: number, whole: number): string {
  const thousandths = Math.floor((part * 1_000) / whole);
  return `${String(Math.floor(thousandths / 10))}${thousandths % 10 === 0 ? '' : `,${String(thousandths % 10)}`} %`;
}

export const stretchText = (hours: number): string =>
  hours === 1
    ? 'La dernière heure'
    : hours === 24
      ? 'Les dernières vingt-quatre heures'
      : `Les ${String(Math.round(hours / 24))} derniers jours`;
