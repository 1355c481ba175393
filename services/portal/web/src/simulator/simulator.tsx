import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { useSession } from '../asking/queries.js';
import { Button } from '../ui/button.js';
import { Page } from '../ui/page.js';
import { Waiting } from '../ui/states.js';
import { isAnswered, noAnswers, questionsFor, type Answers, type Question } from './question.js';
import { ActivityQuestion, BasisQuestion, IncomeQuestion, StatusQuestion } from './questions.js';

/** The law weighs more than the questions: it comes while they are answered. */
const theLaw = () => import('./result.js');
const Result = lazy(async () => ({ default: (await theLaw()).Result }));

/** F45–F47, N7: what one would owe, by the very rules that price the real accounts, worked out in the browser. Nothing leaves it. */
export function Simulator() {
  const session = useSession();
  const latest = useLatestDay(session.isError);
  const today = session.data?.today ?? latest;
  useEffect(bringTheLaw, []);
  return (
    <Page
      title="Simulateur de cotisations"
      lead="Trois questions, et le détail de ce que vous auriez à payer. Le calcul se fait dans votre navigateur : rien n’est envoyé ni gardé."
    >
      {today === null ? <Waiting /> : <Steps today={today} />}
    </Page>
  );
}

/** Whoever loses the network after that can still be answered. */
function bringTheLaw(): () => void {
  const waiting = setTimeout(() => void theLaw(), 3_000);
  return () => clearTimeout(waiting);
}

/** Without an answer of the portal the law is still here: its latest year. */
function useLatestDay(isWanted: boolean): string | null {
  const [day, setDay] = useState<string | null>(null);
  useEffect(() => {
    if (isWanted) void theLaw().then(({ latestYear }) => setDay(`${String(latestYear)}-01-01`));
  }, [isWanted]);
  return day;
}

function Steps({ today }: { readonly today: string }) {
  const [answers, setAnswers] = useState(() => noAnswers(Number(today.slice(0, 4))));
  const [step, setStep] = useState(0);
  const [isPressed, setPressed] = useState(false);
  const goTo = (rank: number) => {
    void theLaw();
    setPressed(false);
    setStep(rank);
  };
  const questions = questionsFor(answers);
  const question = questions[step];
  if (question === undefined) {
    return (
      <Suspense fallback={<Waiting />}>
        <Result answers={answers} change={setAnswers} today={today} restart={() => goTo(0)} />
      </Suspense>
    );
  }
  return (
    <Step key={question} rank={step} count={Math.max(questions.length, step + 1, 3)}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isAnswered(question, answers)) goTo(step + 1);
          else setPressed(true);
        }}
      >
        <QuestionFields question={question} answers={answers} answer={setAnswers} />
        {isPressed && !isAnswered(question, answers) ? (
          <p className="field-error" role="alert">
            {missingAnswer[question]}
          </p>
        ) : null}
        <div className="row">
          <Button kind="main" type="submit">
            {step + 1 < questions.length || answers.status === null ? 'Continuer' : 'Calculer'}
          </Button>
          {step === 0 ? null : <Button onPress={() => goTo(step - 1)}>Question précédente</Button>}
        </div>
      </form>
    </Step>
  );
}

const missingAnswer: Readonly<Record<Question, string>> = {
  status: 'Choisissez une activité pour continuer ; si vous hésitez, l’aide au-dessus de la liste vous guide.',
  basis: 'Choisissez sur quoi partir pour continuer.',
  activity: 'Choisissez ce que vous vendez pour continuer.',
  income: 'Écrivez un montant en euros pour continuer, par exemple 26 000.',
};

/** One question at a time; who comes to the next hears its number first. */
function Step({ rank, count, children }: { readonly rank: number; readonly count: number; readonly children: ReactNode }) {
  const place = useRef<HTMLHeadingElement>(null);
  const isFirst = rank === 0;
  useEffect(() => {
    if (!isFirst) place.current?.focus();
  }, [isFirst]);
  return (
    <section className="card stack">
      <h2 className="step-place" ref={place} tabIndex={-1}>
        Question {rank + 1} sur {count}
      </h2>
      {children}
    </section>
  );
}

interface QuestionFieldsProps {
  readonly question: Question;
  readonly answers: Answers;
  readonly answer: (answers: Answers) => void;
}

function QuestionFields({ question, ...props }: QuestionFieldsProps) {
  switch (question) {
    case 'status':
      return <StatusQuestion {...props} />;
    case 'basis':
      return <BasisQuestion {...props} />;
    case 'activity':
      return <ActivityQuestion {...props} />;
    case 'income':
      return <IncomeQuestion {...props} />;
  }
}
