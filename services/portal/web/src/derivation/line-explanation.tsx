import type { ReactNode } from 'react';
import type { RestsOn } from '../../../src/face/my-account.js';
import { InstantText, printed, printedDay, printedRate, printedWhole } from '../ui/figures.js';
import { sayerName, serviceName, sourceName } from '../words/people.js';
import { contributionPurpose } from '../words/contributions.js';
import { reworked } from './rework.js';
import { parameterText } from './parameter-text.js';
import type { ExplainedLine, WhyLine } from './why-subject.js';

/** A contribution from top to bottom: what it is for, the sentence, what entered, the values of the law, the arithmetic, the text. */
export function LineExplanation({ why: { line, rules, restsOn } }: { readonly why: WhyLine }) {
  const { derivation } = line;
  const purpose = contributionPurpose(line.code);
  return (
    <>
      {purpose === null ? null : <p>{purpose}</p>}
      <p className="card">{derivation.sentence}</p>
      {line.reason === undefined ? null : <p>{line.reason}</p>}
      <Bases line={line} />
      <Inputs line={line} restsOn={restsOn} />
      <Parameters line={line} />
      <Arithmetic line={line} />
      <div className="stack-tight">
        <h3>Le texte</h3>
        <p>{derivation.law}</p>
        <p className="small soft">
          Règle « {derivation.title} », version {rules}.
        </p>
      </div>
    </>
  );
}

function Bases({ line }: { readonly line: ExplainedLine }) {
  const { bounds, shares } = line.derivation;
  const parts = line.parts ?? [{ base: line.base, rate: line.rate }];
  return (
    <div className="stack-tight">
      <h3>Sur quoi, à quel taux</h3>
      <dl className="terms card">
        {parts.map(({ base, rate }, rank) => (
          <div key={String(rank)}>
            <dt>{parts.length > 1 ? `Tranche ${String(rank + 1)}` : 'Assiette × taux'}</dt>
            <dd>
              {printedWhole(base)} × {printedRate(rate)}
            </dd>
          </div>
        ))}
        {bounds.map(({ kind, label, amount, met }) => (
          <div key={`${kind} ${label}`}>
            <dt>
              {boundNames[kind]} : {label}
            </dt>
            <dd>
              {printedWhole(amount)} — {met ? 'appliqué' : 'sans effet ici'}
            </dd>
          </div>
        ))}
        {line.relief === undefined ? null : (
          <div>
            <dt>Exonération de début d’activité (Acre)</dt>
            <dd>− {printedWhole(line.relief.amount)}</dd>
          </div>
        )}
        {shares?.map(({ label, amount }) => (
          <div key={label}>
            <dt>dont {label}</dt>
            <dd>{printedWhole(amount)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const boundNames = { floor: 'Minimum', cap: 'Maximum', threshold: 'Seuil', ceiling: 'Plafond du montant' } as const;

const factNames: Readonly<Record<string, string>> = {
  income: 'Revenu professionnel',
  grossIncome: 'Revenu brut',
  turnover: 'Chiffre d’affaires',
  declaredPensionContributions: 'Cotisations de retraite déclarées',
};

/** What was declared, with the fact and the organisation that it came from. */
function Inputs({ line, restsOn }: { readonly line: ExplainedLine; readonly restsOn: readonly RestsOn[] }) {
  const { facts } = line.derivation;
  return (
    <div className="stack-tight">
      <h3>D’où viennent les chiffres de départ</h3>
      {facts.length === 0 ? <p>Aucun chiffre déclaré n’entre dans ce calcul : la base vient de la loi.</p> : null}
      {facts.map(({ fact, amount }) => (
        <p key={fact}>
          {factNames[fact] ?? fact} : <strong>{printed(amount)}</strong>
          {restsOn.length === 0 ? ', que vous avez saisi.' : ''}
        </p>
      ))}
      {facts.length === 0 ? null : restsOn.map((origin) => <Origin key={origin.fact} origin={origin} />)}
    </div>
  );
}

/** How an income became what was priced: brought to a whole year, then to the days of activity of the year called. */
function howRetained({ annualised, shortened }: RestsOn): string {
  const whole = annualised && `ramené à une année entière (${String(annualised.activeDays)} jours d’activité)`;
  const part = shortened && `compté pour ${String(shortened.activeDays)} jours d’activité sur ${String(shortened.yearDays)}`;
  const said = [whole, part].filter((one) => one !== null).join(', puis ');
  return said === '' ? 'Retenu' : said.charAt(0).toUpperCase() + said.slice(1);
}

/** One income: whose word it is, when it was said, which fact holds it, and what the law retained of it. */
function Origin({ origin }: { readonly origin: RestsOn }) {
  const { year, amount, retained, source, organisation, effectiveOn, author, recordedAt, fact, heardFrom } = origin;
  return (
    <dl className="terms card">
      <Term name={`Revenu de ${String(year)}`}>{printed(amount)}</Term>
      {retained === amount ? null : <Term name={howRetained(origin)}>{printed(retained)}</Term>}
      {organisation === null ? null : <Term name="Dit par">{sayerName(organisation)}</Term>}
      <Term name="Comment">{sourceName(source)}</Term>
      <Term name="Le">{printedDay(effectiveOn)}</Term>
      <Term name="Enregistré par">
        {serviceName(author)}, le <InstantText of={recordedAt} />
      </Term>
      <Term name="Fait n°">
        <code>{fact}</code>
      </Term>
      {heardFrom === null ? null : (
        <Term name={`Annoncé par ${serviceName(heardFrom.author)}, fait n°`}>
          <code>{heardFrom.fact}</code>
        </Term>
      )}
    </dl>
  );
}

function Term({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Parameters({ line }: { readonly line: ExplainedLine }) {
  const { parameters } = line.derivation;
  if (parameters.length === 0) return null;
  return (
    <div className="stack-tight">
      <h3>Les valeurs fixées par la loi</h3>
      <ul className="plain-list">
        {parameters.map(({ name, label, value, from, source, status, note }) => (
          <li key={`${name} ${from}`} className="law-value">
            <span>{label}</span>
            <strong>{parameterText(value)}</strong>
            <span className="small soft">
              Depuis le {printedDay(from)}. Source : {source}.{status === 'unsure' ? ` À confirmer : ${note ?? ''}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The one line of arithmetic, worked out again here and now: whoever copies it finds the same amount. */
function Arithmetic({ line }: { readonly line: ExplainedLine }) {
  const { expression, rounding } = line.derivation;
  const again = reworked(expression);
  return (
    <div className="stack-tight">
      <h3>L’opération</h3>
      <code className="formula">{expression}</code>
      {again === null ? null : (
        <p>
          {again === line.amount
            ? 'Refaite à l’instant dans votre navigateur, elle donne '
            : 'Refaite dans votre navigateur, elle donne un autre montant : '}
          <strong>{printed(again)}</strong>.
        </p>
      )}
      <p className="small soft">
        Arrondi à {rounding.to === '1' ? 'l’euro le plus proche (0,50 € compte pour 1 €)' : rounding.to}. {rounding.source}.
      </p>
    </div>
  );
}
