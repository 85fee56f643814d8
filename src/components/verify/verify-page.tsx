import type { Messages } from '../../i18n/messages.ts';
import type { VerifyMessages } from '../../i18n/verify-en.ts';
import type { PublicPage } from '../../model/snapshot.ts';
import { Frame } from '../status/frame.tsx';
import { HeldList } from './held-list.tsx';
import { IdleSection } from './idle-section.tsx';
import { OutsideSection } from './outside-section.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { RetoldSection } from './retold-section.tsx';
import { ShownSection } from './shown-section.tsx';
import { StepList } from './step-list.tsx';
import { VerdictBox } from './verdict-box.tsx';
import type { CheckedPlace, VerifyState } from './verify-state.ts';

/** What a running page can do; a page without a script can do nothing. */
export interface VerifyActions {
  readonly places: readonly CheckedPlace[];
  readonly chosen: CheckedPlace;
  readonly check: (place: CheckedPlace) => void;
  readonly copy: (text: string) => Promise<boolean>;
}

export interface VerifyProps {
  readonly page: PublicPage;
  readonly root: string;
  /** Whose copy the command checks: an address without a slash at the end; null where nobody knows it yet. */
  readonly base: string | null;
  readonly state: VerifyState;
  readonly timeZone: string;
  readonly messages: Messages;
  readonly words: VerifyMessages;
  readonly actions: VerifyActions | null;
}

/** Checks the record where the reader is; exactly one root element. */
export function VerifyPage({ page, root, base, state, timeZone, messages, words, actions }: VerifyProps) {
  const { locale } = messages;
  const report = state.type === 'done' ? state.report : null;
  const style = { words, locale, timeZone };
  return (
    <Frame page={page} messages={messages} current="verify">
      <div class="verify">
        <section>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </section>
        <VerdictBox state={state} words={words} />
        {state.type === 'still' ? <p>{words.noScript}</p> : null}
        {actions === null ? null : <PlaceChoice {...actions} isRunning={state.type === 'running'} words={words} />}
        {state.type === 'held' ? <HeldList held={state.held} {...style} /> : null}
        <StepList state={state} words={words} locale={locale} />
        {report === null ? null : (
          <section>
            <h2>{words.found.digest}</h2>
            <p class="hash" data-digest={report.digest}>
              {report.digest}
            </p>
            <p class="quiet">{words.found.digestUse}</p>
          </section>
        )}
        <OutsideSection root={root} base={base} words={words} copy={actions?.copy ?? null} />
        <section>
          <h2>{words.limitsTitle}</h2>
          <ul class="limits">
            {words.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </section>
        {report === null ? null : <ShownSection report={report} {...style} />}
        {report?.retold ? <RetoldSection retold={report.retold} {...style} /> : null}
        {report === null ? null : <IdleSection report={report} words={words} locale={locale} />}
      </div>
    </Frame>
  );
}
