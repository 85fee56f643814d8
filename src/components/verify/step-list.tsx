import type { VerifyMessages } from '../../i18n/verify-en.ts';
import type { Report } from '../../log/published/report.ts';
import { STEPS, type Step, type StepName } from '../../log/published/steps.ts';
import { whyOf } from './fault-words.ts';
import { ResultMark } from './result-mark.tsx';
import { numberText } from './texts.ts';
import type { VerifyState } from './verify-state.ts';

interface Props {
  readonly state: VerifyState;
  readonly words: VerifyMessages;
  readonly locale: string;
}

/** Every step with what it means, what became of it and, where something is wrong, what and where. */
export function StepList({ state, words, locale }: Props) {
  const steps = state.type === 'still' ? [] : state.steps;
  const report = state.type === 'done' ? state.report : null;
  return (
    <section>
      <h2>{words.stepsTitle}</h2>
      <ol class="steps">
        {STEPS.map((name) => {
          const step = steps.find((one) => one.name === name);
          const isRunning = state.type === 'running' && state.current === name && step === undefined;
          return (
            <li key={name} data-check={name} data-result={step?.result ?? 'unchecked'}>
              <h3>{words.steps[name].title}</h3>
              <ResultMark result={step?.result ?? (isRunning ? 'running' : 'waiting')} words={words} />
              <p class="about">{words.steps[name].text}</p>
              {isRunning && state.type === 'running' ? <StepProgress {...state} words={words} locale={locale} /> : null}
              {step === undefined ? null : <StepDetail step={step} report={report} words={words} locale={locale} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface ProgressProps extends Omit<Props, 'state'> {
  readonly done: number;
  readonly of: number;
}

function StepProgress({ done, of, words, locale }: ProgressProps) {
  const text = of === 0 ? words.fetching : words.progress(numberText(done, locale), numberText(of, locale));
  return (
    <p class="about">
      <progress aria-label={text} {...(of === 0 ? {} : { value: done, max: of })} /> {text}
    </p>
  );
}

interface DetailProps extends Omit<Props, 'state'> {
  readonly step: Step;
  readonly report: Report | null;
}

function StepDetail({ step, report, words, locale }: DetailProps) {
  const why = whyOf(step, words);
  if (why !== null) return <p class="about why">{why}</p>;
  if (report === null) return null;
  return <p class="about quiet">{foundBy(step.name, report, words, locale)}</p>;
}

function foundBy(name: StepName, report: Report, { found }: VerifyMessages, locale: string): string | null {
  const text = (number: number) => numberText(number, locale);
  if (name === 'signatures')
    return found.events(text(report.events)) + (report.purged === 0 ? '' : ` ${found.purged(text(report.purged))}`);
  if (name === 'roster') return found.keys(text(report.keys), text(report.removed));
  if (name === 'snapshot') return report.publisher === null ? null : found.madeBy(report.publisher);
  return name === 'files' ? found.compared(text(report.files)) : null;
}
