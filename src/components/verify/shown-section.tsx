import type { VerifyMessages } from '../../i18n/verify-en.ts';
import type { Report } from '../../log/published/report.ts';
import { ShownChain } from './shown-chain.tsx';
import { numberText } from './texts.ts';

interface Props {
  readonly report: Report;
  readonly words: VerifyMessages;
  readonly locale: string;
  readonly timeZone: string;
}

/** The history of what the page showed, publisher by publisher, and whether those that are live agree now. */
export function ShownSection({ report, words, ...style }: Props) {
  const { shown, chains } = report;
  const live = shown.filter((chain) => chain.live);
  const last = new Set(live.map(({ pages }) => pages[0]?.state_sha256));
  return (
    <section>
      <h2>{words.shownTitle}</h2>
      <p>{words.shownIntro}</p>
      {shown.length < 2 ? null : (
        <p data-publishers={shown.length} data-agree={String(last.size < 2)}>
          {words.several(numberText(shown.length, style.locale))}{' '}
          {live.length < 2 ? '' : words[last.size < 2 ? 'agree' : 'differ']}
        </p>
      )}
      {last.size < 2 ? null : (
        <ul class="differ">
          {live.map(({ publisher, pages }) => (
            <li key={publisher} class="hash">
              {words.publisher(publisher, true)}: {pages[0]?.state_sha256}
            </li>
          ))}
        </ul>
      )}
      {shown.map((chain) => (
        <ShownChain
          key={chain.publisher}
          chain={chain}
          flaw={chains.find(({ pubkey }) => pubkey === chain.publisher)}
          words={words}
          {...style}
        />
      ))}
    </section>
  );
}
