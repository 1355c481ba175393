/**
 * The few kinds of panels that the dashboards are made of. A panel says what is asked, in which unit, and in one sentence what a reader
 * should think of what they see.
 */
const prometheus = { type: 'prometheus', uid: 'isu-prometheus' };
const width = 24;

/** One line a series; `legend` names it by its labels. */
export const lines = (title, description, { unit = 'short', stack = false, height = 8, span = 8, from = 0 }, ...asked) => ({
  type: 'timeseries',
  ...asking(title, description, asked),
  size: { span, height },
  fieldConfig: {
    defaults: {
      unit,
      min: from,
      custom: { fillOpacity: stack ? 40 : 8, lineWidth: 1, showPoints: 'never', stacking: { mode: stack ? 'normal' : 'none', group: 'A' } },
    },
    overrides: [],
  },
  options: {
    legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
    tooltip: { mode: 'multi', sort: 'desc' },
  },
});

/** One figure now, coloured by what it means: `steps` are [colour, from]. */
export const figure = (title, description, { unit = 'short', steps, span = 4, height = 4, decimals }, ...asked) => ({
  type: 'stat',
  ...asking(title, description, asked),
  size: { span, height },
  fieldConfig: {
    defaults: {
      unit,
      ...(decimals === undefined ? {} : { decimals }),
      thresholds: { mode: 'absolute', steps: steps.map(([color, value]) => ({ color, value })) },
    },
    overrides: [],
  },
  options: {
    reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    colorMode: 'background',
    graphMode: 'area',
    textMode: 'auto',
  },
});

/** How a distribution moves, bucket by bucket. */
export const heat = (title, description, { unit = 's', span = 12, height = 8 }, asked) => ({
  type: 'heatmap',
  ...asking(title, description, [asked]),
  size: { span, height },
  fieldConfig: { defaults: {}, overrides: [] },
  options: {
    calculate: false,
    color: { mode: 'scheme', scheme: 'Blues', steps: 64, exponent: 0.5 },
    yAxis: { unit, axisPlacement: 'left' },
    cellGap: 1,
    tooltip: { mode: 'single', yHistogram: true },
  },
});

export const heading = (title) => ({ type: 'row', title, collapsed: false, panels: [], size: { span: width, height: 1 } });

/** `ask('sum(…)', '{{service}}')`. */
export const ask = (expr, legend = '', format = 'time_series') => ({ expr, legend, format });

function asking(title, description, asked) {
  return {
    title,
    description,
    datasource: prometheus,
    targets: asked.map(({ expr, legend, format }, at) => ({
      refId: String.fromCharCode(65 + at),
      datasource: prometheus,
      expr,
      legendFormat: legend,
      format,
    })),
  };
}

/** Lays the panels out in rows of 24, in the order given. */
export function dashboard({ uid, title, description, links = [] }, panels) {
  let [x, y, rowHeight] = [0, 0, 0];
  const placed = panels.map(({ size: { span, height }, ...panel }, at) => {
    if (x + span > width) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const gridPos = { x, y, w: span, h: height };
    [x, rowHeight] = [x + span, Math.max(rowHeight, height)];
    return { id: at + 1, ...panel, gridPos };
  });
  return {
    uid,
    title,
    description,
    tags: ['isu'],
    schemaVersion: 41,
    version: 1,
    editable: false,
    timezone: 'browser',
    refresh: '15s',
    time: { from: 'now-1h', to: 'now' },
    links,
    templating: {
      list: [
        {
          name: 'service',
          label: 'Service',
          type: 'query',
          datasource: prometheus,
          query: { query: 'label_values(isu_pool_size, service)', refId: 'services' },
          refresh: 2,
          multi: true,
          includeAll: true,
          allValue: '.*',
          current: { text: 'All', value: '$__all' },
        },
      ],
    },
    annotations: { list: [] },
    panels: placed,
  };
}
