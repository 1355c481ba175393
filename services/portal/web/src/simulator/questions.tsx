import { useState } from 'react';
import { Choices, Field } from '../ui/fields.js';
import { amountTyped } from '../ui/typed-amount.js';
import type { Answers, Basis, SimulatedStatus } from './question.js';

interface QuestionProps {
  readonly answers: Answers;
  readonly answer: (answers: Answers) => void;
}

export function StatusQuestion({ answers, answer }: QuestionProps) {
  return (
    <Choices
      label="Quelle est votre activité ?"
      help="C’est le registre où vous êtes inscrit qui compte. Si vous hésitez : vous fabriquez ou réparez, artisan ; vous achetez et revendez, commerçant."
      value={answers.status}
      choose={(status) => answer({ ...answers, status: status as SimulatedStatus, basis: null, activity: null })}
      choices={[
        { value: 'artisan', text: 'Artisan', help: 'Inscrit au répertoire des métiers : coiffure, bâtiment, boulangerie…' },
        { value: 'commercant', text: 'Commerçant ou industriel', help: 'Inscrit au registre du commerce : boutique, restaurant, négoce…' },
        {
          value: 'profession-liberale',
          text: 'Profession libérale',
          help: 'Conseil, santé, architecture… (hors cotisations de retraite, versées à la CNAVPL)',
        },
        {
          value: 'micro-entrepreneur',
          text: 'Micro-entrepreneur',
          help: 'Vous cotisez sur ce que vous encaissez, chaque mois ou chaque trimestre.',
        },
      ]}
    />
  );
}

export function BasisQuestion({ answers, answer }: QuestionProps) {
  return (
    <Choices
      label="Sur quoi partir ?"
      help="La première année, personne ne connaît encore votre revenu : la loi fixe une base forfaitaire, régularisée ensuite sur le revenu réel."
      value={answers.basis}
      choose={(basis) => answer({ ...answers, basis: basis as Basis })}
      choices={[
        { value: 'income', text: 'Mon revenu, ou ce que je pense gagner', help: 'Vous le saisirez à la question suivante.' },
        {
          value: 'flat-first-year',
          text: 'Je débute : première année',
          help: 'La base forfaitaire de première année, sans saisir de revenu.',
        },
        {
          value: 'flat-second-year',
          text: 'Deuxième année',
          help: 'La base forfaitaire de deuxième année, tant que le premier revenu n’est pas connu.',
        },
      ]}
    />
  );
}

export function ActivityQuestion({ answers, answer }: QuestionProps) {
  return (
    <Choices
      label="Que vendez-vous ?"
      help="Le pourcentage dépend de la nature de vos recettes. Si vous avez deux activités, faites une simulation pour chacune."
      value={answers.activity}
      choose={(activity) => answer({ ...answers, activity })}
      choices={[
        { value: 'vente', text: 'Des marchandises', help: 'Achat et revente, restauration sur place ou à emporter, hébergement.' },
        { value: 'services-commerciaux', text: 'Des services commerciaux', help: 'Prestations inscrites au registre du commerce.' },
        { value: 'services-artisanaux', text: 'Des services artisanaux', help: 'Prestations inscrites au répertoire des métiers.' },
        { value: 'bnc', text: 'Une activité libérale (régime général du RSI)' },
        { value: 'bnc-cipav', text: 'Une activité libérale qui relève de la Cipav', help: 'Conseil, formation, architecture…' },
      ]}
    />
  );
}

export function IncomeQuestion({ answers, answer }: QuestionProps) {
  const [isLeft, setLeft] = useState(false);
  const isMicro = answers.status === 'micro-entrepreneur';
  const typed = amountTyped(answers.income);
  const isWrong = isLeft && answers.income !== '' && (typed === null || (isMicro && typed.startsWith('-')));
  return (
    <div className="fields">
      <Field
        label={
          isMicro ? `Chiffre d’affaires encaissé en ${String(answers.year)}` : `Revenu professionnel de l’année ${incomeYear(answers)}`
        }
        help={isMicro ? turnoverHelp : incomeHelp(answers)}
        error={isWrong ? 'Écrivez un montant en euros, par exemple 26 000 ou 26 000,50.' : null}
        value={answers.income}
        onChange={(income) => answer({ ...answers, income })}
        onBlur={() => setLeft(true)}
        inputMode="decimal"
        unit="€"
        autoComplete="off"
      />
      {answers.status === 'profession-liberale' && !onGross(answers) ? (
        <Field
          label="Cotisations de retraite payées à votre section (facultatif)"
          help="Celles de la CNAVPL ou de votre caisse (CARMF, Cipav…). Elles entrent dans la base de la CSG-CRDS ; laissez vide si vous ne savez pas."
          value={answers.pensionContributions}
          onChange={(pensionContributions) => answer({ ...answers, pensionContributions })}
          inputMode="decimal"
          unit="€"
          autoComplete="off"
        />
      ) : null}
    </div>
  );
}

const turnoverHelp = 'Tout ce que vous avez encaissé ou pensez encaisser dans l’année, sans rien déduire.';

/** The single base of 2025: before any social contribution. */
const onGross = ({ year }: Answers): boolean => year >= 2025;

const incomeYear = ({ year }: Answers): string => String(year);

const incomeHelp = (answers: Answers): string =>
  onGross(answers)
    ? 'Chiffre d’affaires moins charges, avant toute cotisation sociale.'
    : 'Votre bénéfice : recettes moins charges, cotisations sociales déduites. Un déficit s’écrit avec un signe moins.';
