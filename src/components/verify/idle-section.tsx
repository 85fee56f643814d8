import type { VerifyMessages } from '../../i18n/verify-en.ts';
import type { Report } from '../../log/published/report.ts';
import { numberText } from './texts.ts';

interface Props {
  readonly report: Report;
  readonly words: VerifyMessages;
  readonly locale: string;
}

/** What lies in the log and counts nowhere: it stays in sight. */
export function IdleSection({ report, words, locale }: Props) {
  const { beyondCut, byStrangers } = report;
  return (
    <section>
      <h2>{words.idleTitle}</h2>
      {beyondCut.size === 0 && byStrangers === 0 ? <p class="quiet">{words.noneIdle}</p> : null}
      <ul class="idle">
        {[...beyondCut].map(([key, count]) => (
          <li key={key} class="hash" data-beyond-cut={count}>
            {words.beyondCut(key, numberText(count, locale))}
          </li>
        ))}
        {byStrangers === 0 ? null : <li>{words.byStrangers(numberText(byStrangers, locale))}</li>}
      </ul>
    </section>
  );
}
