import type { VerifyMessages } from '../../i18n/verify-en.ts';
import type { Retold } from '../../log/published/retold.ts';
import { recordTime } from './texts.ts';

interface Props {
  readonly retold: readonly Retold[];
  readonly words: VerifyMessages;
  readonly locale: string;
  readonly timeZone: string;
}

/** What was corrected or taken back, with every text that was ever public. */
export function RetoldSection({ retold, words, ...style }: Props) {
  return (
    <section>
      <h2>{words.retoldTitle}</h2>
      {retold.length === 0 ? <p class="quiet">{words.noneRetold}</p> : null}
      {retold.map((one) => (
        <RetoldCard key={`${one.code} ${one.id}`} one={one} words={words} {...style} />
      ))}
    </section>
  );
}

function RetoldCard({ one, words, locale, timeZone }: Omit<Props, 'retold'> & { readonly one: Retold }) {
  const { code, name, text, lang, earlier, retracted } = one;
  const language = lang ?? undefined;
  return (
    <article data-retold={code}>
      <h3>
        <a href={`/incidents/${code}/`}>{name}</a>
      </h3>
      {retracted === null ? null : (
        <p>
          <time datetime={retracted.at}>{recordTime(retracted.at, locale, timeZone)}</time>{' '}
          {text === null ? `${words.wholeTakenBack} ` : ''}
          <span lang={language}>{words.takenBack(retracted.reason)}</span>
        </p>
      )}
      <dl>
        {text === null ? null : (
          <div>
            <dt>{words.now}</dt>
            <dd lang={language}>{retracted === null ? text : <s>{text}</s>}</dd>
          </div>
        )}
        {earlier.map((before) => (
          <div key={before.id}>
            <dt>
              {words.before} <time datetime={before.at}>{recordTime(before.at, locale, timeZone)}</time>
            </dt>
            <dd lang={language}>{before.text}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
