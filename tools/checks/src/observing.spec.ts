import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { metricsCatalogue } from '@isu/chassis';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Series {
  readonly kind: string;
  readonly labels: readonly string[];
}

/** What the code measures: our own series, those of Node as prom-client names them, and the one that Prometheus makes itself. */
const known = new Map<string, Series>([
  ...Object.entries(metricsCatalogue).map(([name, { kind, labels }]): [string, Series] => [name, { kind, labels }]),
  ...seriesOfNode(),
  ['up', { kind: 'gauge', labels: ['job'] }],
]);

function seriesOfNode(): [string, Series][] {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry.getMetricsAsArray().map((metric) => {
    const { name, type, labelNames } = metric as unknown as { name: string; type: string; labelNames?: string[] };
    return [name, { kind: type, labels: labelNames ?? [] }];
  });
}

/** The series and labels that an expression of PromQL names. */
function namedIn(expr: string): { series: string[]; labels: string[] } {
  const withoutTexts = expr.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  const labels = [
    ...[...withoutTexts.matchAll(/\{([^}]*)\}/g)].flatMap(([, inside = '']) => inside.split(',').map((one) => one.split(/[=!]/)[0] ?? '')),
    ...[...withoutTexts.matchAll(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g)].flatMap(([, inside = '']) => inside.split(',')),
  ].map((label) => label.trim());
  const bare = withoutTexts
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ');
  const words = [...bare.matchAll(/[A-Za-z_:][\w:]*(?!\w)(?!\s*\()/g)].map(([word]) => word);
  return {
    series: words.filter((word) => !/^(?:and|or|unless|bool|offset|e)$/.test(word)),
    labels: labels.filter((label) => label !== ''),
  };
}

/** What is wrong with an expression, in words; empty when the code measures all of it. */
function faultsOf(expr: string): string[] {
  const { series, labels } = namedIn(expr);
  const found = series.map((name) => ({ name, of: known.get(name) ?? ofHistogram(name) }));
  const unknown = found.filter(({ of }) => !of).map(({ name }) => `nobody measures ${name}`);
  const bearable = new Set(['service', 'instance', 'le', ...found.flatMap(({ of }) => of?.labels ?? [])]);
  return [
    ...(series.length === 0 ? ['it names no series'] : []),
    ...unknown,
    ...labels.filter((label) => !bearable.has(label)).map((label) => `no series of it has the label ${label}`),
  ];
}

function ofHistogram(name: string): Series | undefined {
  const [, base = ''] = /^(\w+)_(?:bucket|sum|count)$/.exec(name) ?? [];
  const series = known.get(base);
  return series?.kind === 'histogram' ? series : undefined;
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { severity: string };
  readonly annotations: { summary: string; description: string; runbook_url: string };
}
const { groups } = parse(read('deploy/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const operations = read('docs/operations.md');
const headings = new Set(
  [...operations.matchAll(/^#+ +(.+)$/gm)].map(
    ([, title = '']) =>
      `#${title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-')}`,
  ),
);

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { x: number; y: number; w: number; h: number };
  readonly targets?: readonly { expr: string }[];
}
const { dashboards } = (await import(join(root, 'deploy/grafana/make-dashboards.mjs'))) as {
  dashboards: Record<string, { uid: string; panels: readonly Panel[] }>;
};
const boards = Object.entries(dashboards);
const asked = boards.flatMap(([name, { panels }]) =>
  panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [name, title, expr] as const)),
);

describe('what dashboards and alerts ask for is what the code measures', () => {
  it.each(asked)('dashboard %s: %s', (_, __, expr) => expect(faultsOf(expr)).toEqual([]));
  it.each(rules.map(({ alert, expr }) => [alert, expr]))('alert %s', (_, expr) => expect(faultsOf(expr)).toEqual([]));

  it.each([
    ['max(isu_outbox_wait_seconds)', ['nobody measures isu_outbox_wait_seconds']],
    ['rate(isu_outbox_unsent_count[5m])', ['nobody measures isu_outbox_unsent_count']],
    ['sum by (account) (isu_set_aside)', ['no series of it has the label account']],
    ['isu_inbox_lag{writer="collection"} > 0 and on (service) up == 1', ['no series of it has the label writer']],
    ['vector(1)', ['it names no series']],
  ])('a name that nobody measures is seen: %s', (expr, faults) => expect(faultsOf(expr)).toEqual(faults));

  it('every series of ours is looked at somewhere', () => {
    const looked = new Set([...asked.map(([, , expr]) => expr), ...rules.map(({ expr }) => expr)].flatMap((expr) => namedIn(expr).series));
    const unseen = Object.keys(metricsCatalogue).filter(
      (name) => ![name, `${name}_bucket`, `${name}_count`].some((seen) => looked.has(seen)),
    );
    expect(unseen).toEqual([]);
  });
});

describe('dashboards are code', () => {
  it.each(boards.map(([name]) => name))('%s.json is what the script writes', (name) => {
    expect(JSON.parse(read(`deploy/grafana/dashboards/${name}.json`))).toEqual(JSON.parse(JSON.stringify(dashboards[name])));
  });

  it('no file is there that no script writes', () => {
    expect(readdirSync(join(root, 'deploy/grafana/dashboards')).sort()).toEqual(boards.map(([name]) => `${name}.json`).sort());
  });

  it.each(boards)('panels of %s lie beside one another', (_, { panels }) => {
    for (const [at, { gridPos: a }] of panels.entries()) {
      expect(a.x + a.w).toBeLessThanOrEqual(24);
      for (const { gridPos: b } of panels.slice(at + 1))
        expect(a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h).toBe(false);
    }
  });
});

describe('an alert tells somebody what to do', () => {
  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s', (alert, { labels, annotations }) => {
    expect(alert).toMatch(/^Isu[A-Za-z]+$/);
    expect(['page', 'ticket']).toContain(labels.severity);
    expect(annotations.summary.length).toBeGreaterThan(10);
    expect(annotations.description.length).toBeGreaterThan(10);
    expect(annotations.runbook_url).toBe(`docs/operations.md#${alert.toLowerCase()}`);
    expect(headings).toContain(`#${alert.toLowerCase()}`);
  });
});

describe('docs/operations.md tells of every series', () => {
  it('and of no other', () => {
    const told = [...operations.matchAll(/^\| `(isu_\w+)` /gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(Object.keys(metricsCatalogue).sort());
  });
});
