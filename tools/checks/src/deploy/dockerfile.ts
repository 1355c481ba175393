interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** What is wrong with a Dockerfile of ours. hadolint says more; this runs wherever the tests do. */
export function dockerfileFaults(text: string): string[] {
  const stages = stagesOf(text);
  const faults: string[] = [];
  const names = stages.map(({ name }) => name);
  for (const { base, name } of stages) {
    if (names.includes(base)) continue;
    const image = resolved(base, text);
    if (!isPinned(image)) faults.push(`stage ${name}: ${image} is not pinned`);
  }
  for (const { name, own } of stages.filter(({ own }) => own.some(({ word }) => word === 'CMD'))) {
    const all = inherited(stages, name);
    const last = (word: string) => all.filter((instruction) => instruction.word === word).at(-1)?.rest;
    if (!/^[1-9]\d*(?::[1-9]\d*)?$/.test(last('USER') ?? '')) faults.push(`stage ${name}: does not run as a user of its own, by number`);
    if (!/CMD\s*\[\s*"node"/.test(last('HEALTHCHECK') ?? '')) faults.push(`stage ${name}: does not say how it is, with Node alone`);
    if (!/^\[\s*"\/usr\/bin\/tini"/.test(last('ENTRYPOINT') ?? '')) faults.push(`stage ${name}: signals do not reach Node`);
    if (!(last('CMD') ?? '').startsWith('[')) faults.push(`stage ${name}: a shell stands between the signal and Node`);
    if (own.some(({ word, rest }) => word === 'COPY' && !/--from=/.test(rest)))
      faults.push(`stage ${name}: copies from the machine that builds`);
  }
  for (const { word, rest } of stages.flatMap(({ own }) => own)) {
    if (word === 'ADD') faults.push('ADD does more than it says: COPY');
    if (word === 'RUN' && /npm (?:ci|install)/.test(rest) && !/--ignore-scripts/.test(rest))
      faults.push('npm runs the scripts of packages');
    if (word === 'RUN' && /npm install\b/.test(rest)) faults.push('npm install takes what is newest: npm ci');
    if (/^(?:ENV|ARG)$/.test(word) && /(?:SECRET|PASSWORD|TOKEN)\S*\s*=/.test(rest)) faults.push('a secret stays in a layer');
  }
  return faults;
}

interface Stage {
  readonly name: string;
  readonly base: string;
  readonly own: Instruction[];
}

function stagesOf(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of instructionsOf(text)) {
    const from = instruction.word === 'FROM' && /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(instruction.rest);
    if (from) stages.push({ base: from[1] ?? '', name: from[2] ?? String(stages.length), own: [] });
    else stages.at(-1)?.own.push(instruction);
  }
  return stages;
}

function instructionsOf(text: string): Instruction[] {
  const whole = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replace(/\\\n\s*/g, ' ');
  return whole.split('\n').flatMap((line) => {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    return word === undefined || rest === undefined ? [] : [{ word, rest }];
  });
}

function inherited(stages: readonly Stage[], name: string): Instruction[] {
  const stage = stages.find((candidate) => candidate.name === name);
  return stage === undefined ? [] : [...inherited(stages, stage.base), ...stage.own];
}

const resolved = (image: string, text: string): string =>
  image.replace(/^\$\{(\w+)\}$/, (_, argument: string) => new RegExp(`^ARG ${argument}=(\\S+)$`, 'm').exec(text)?.[1] ?? '');

/** By a whole version, or better by a digest: `node:24` and `node:latest` are another program tomorrow. */
export const isPinned = (image: string): boolean =>
  /@sha256:[0-9a-f]{64}$/.test(image) || /:v?\d+\.\d+(?:\.\d+)?(?:-[\w.-]+)?$/.test(image);
