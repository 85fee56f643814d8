import type { Messages } from '../../i18n/messages.ts';
import type { View } from '../../model/view.ts';
import { Frame } from '../status/frame.tsx';
import type { Paint } from '../status/main.tsx';
import { CopyField } from './copy-field.tsx';
import { Offer } from './offer.tsx';
import { PushOffer } from './push-offer.tsx';
import { ageInJavaScript, ageInShell, badgeHtml, badgeMarkdown, bannerHtml } from './snippets.ts';
import { subscribeWords } from './words.ts';

interface Props {
  readonly view: View & { readonly type: 'subscribe' };
  readonly messages: Messages;
}

const FEEDS = { atom: 'history.atom', rss: 'history.rss', updates: 'updates.rss', json: 'feed.json' } as const;

/** How to be told, and how to show the state elsewhere. */
export const paintSubscribe: Paint = (view, messages) =>
  view.type === 'subscribe' ? <SubscribePage view={view} messages={messages} /> : null;

function SubscribePage({ view: { page, base, copy, push }, messages }: Props) {
  const words = subscribeWords(messages.language);
  const address = base ?? '';
  const alt = words.badgeAlt(page.name);
  const field = { state: copy, words };
  return (
    <Frame page={page} messages={messages} current="subscribe">
      <section>
        <h1>{messages.subscribe}</h1>
        <p>{words.intro}</p>
        {base === null ? <p class="quiet">{words.noAddress}</p> : null}
      </section>
      <p class="hidden" aria-live="polite">
        {copy.type === 'copied' || copy.type === 'selected' ? words[copy.type] : ''}
      </p>
      <Offer offer={words.feeds}>
        <ul class="feeds">
          {(Object.keys(FEEDS) as (keyof typeof FEEDS)[]).map((key) => (
            <li key={key}>
              <p>
                <a href={`/${FEEDS[key]}`}>{words.feed[key].title}</a> <span class="quiet">{words.feed[key].text}</span>
              </p>
              <CopyField
                id={`feed-${key}`}
                label={words.feed[key].title}
                text={`${address}/${FEEDS[key]}`}
                {...field}
              />
            </li>
          ))}
        </ul>
      </Offer>
      <Offer offer={words.calendar}>
        <p>
          <a class="button" href={`${address.replace(/^https?:/, 'webcal:')}/calendar.ics`}>
            {words.openCalendar}
          </a>
        </p>
        <CopyField id="calendar-address" label={words.calendar.title} text={`${address}/calendar.ics`} {...field} />
      </Offer>
      {push === null ? null : <PushOffer state={push} words={words} />}
      <Offer offer={words.email} />
      <Offer offer={words.webhooks} />
      <Offer offer={words.badge}>
        <p>
          <img src="/badge.svg" alt={alt} height={22} />
        </p>
        <CopyField id="badge-html" label={words.asHtml} text={badgeHtml(address, alt)} {...field} />
        <CopyField id="badge-markdown" label={words.asMarkdown} text={badgeMarkdown(address, alt)} {...field} />
      </Offer>
      <Offer offer={words.banner}>
        <p>
          <a href="/embed/">{words.seeBanner}</a>
        </p>
        <CopyField id="banner-html" label={words.asHtml} text={bannerHtml(address, alt)} {...field} />
      </Offer>
      <Offer offer={words.api}>
        <CopyField id="api-base" label={words.api.title} text={`${address}/api/v2/summary.json`} {...field} />
      </Offer>
      <Offer offer={words.age}>
        <h3>{words.inShell}</h3>
        <CopyField id="age-shell" label={words.inShell} text={ageInShell(address)} {...field} />
        <h3>{words.inJavaScript}</h3>
        <CopyField id="age-javascript" label={words.inJavaScript} text={ageInJavaScript(address)} {...field} />
      </Offer>
    </Frame>
  );
}
