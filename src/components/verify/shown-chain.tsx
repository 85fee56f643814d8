import { useState } from 'preact/hooks';
import type { VerifyMessages } from '../../i18n/verify-en.ts';
import type { PageChain } from '../../log/published/page-chain.ts';
import type { ChainView } from '../../model/chains.ts';
import { numberText, recordTime } from './texts.ts';

interface Props {
  readonly chain: PageChain;
  /** Where something is missing from it, or stands twice. */
  readonly flaw: ChainView | undefined;
  readonly words: VerifyMessages;
  readonly locale: string;
  readonly timeZone: string;
}

/** States on one page of the list. */
const PAGE = 20;

/** What one publisher has shown, the newest first, a page at a time. */
export function ShownChain({ chain, flaw, words, locale, timeZone }: Props) {
  const [from, setFrom] = useState(0);
  const { publisher, live, pages } = chain;
  const missing = flaw?.gaps.map(({ from: a, to: b }) => (a === b ? String(a) : `${a}–${b}`)).join(', ') ?? '';
  const some = pages.slice(from, from + PAGE);
  const text = (number: number) => numberText(number, locale);
  const turn = (to: number, label: string, isOff: boolean) => (
    <button type="button" class="button" disabled={isOff} onClick={() => setFrom(to)}>
      {label}
    </button>
  );
  return (
    <section class="chain" data-publisher={publisher} data-live={String(live)}>
      <h3 class="hash">{words.publisher(publisher, live)}</h3>
      {missing === '' ? null : <p class="why">{words.missing(missing)}</p>}
      {flaw === undefined || flaw.forks.length === 0 ? null : <p class="why">{words.twice(text(flaw.forks.length))}</p>}
      <ol class="shown">
        {some.map(({ id, at, seq, state_sha256 }) => (
          <li key={id} class="shown-page" data-page={seq}>
            <time datetime={at}>{recordTime(at, locale, timeZone)}</time>
            <span class="quiet">
              {words.shown.seq} {seq}
            </span>
            <code class="hash" title={words.shown.hash}>
              {state_sha256}
            </code>
          </li>
        ))}
      </ol>
      {pages.length <= PAGE ? null : (
        <div class="turn">
          {turn(from - PAGE, words.newer, from === 0)}
          <p aria-live="polite">{words.pages(text(from + 1), text(from + some.length), text(pages.length))}</p>
          {turn(from + PAGE, words.older, from + PAGE >= pages.length)}
        </div>
      )}
    </section>
  );
}
