import type { ComponentChildren, VNode } from 'preact';
import type { Messages } from '../../i18n/messages.ts';
import { absoluteTime } from '../../i18n/time.ts';
import { nameIn } from '../../i18n/translated.ts';
import type { ComponentStatus } from '../../model/status.ts';
import type { Reader, View } from '../../model/view.ts';
import type { Paint } from '../status/main.tsx';
import { noticeWords } from '../status/notice-words.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { embedWords } from './words.ts';

type EmbedView = View & { readonly type: 'embed' };

/** The banner, with a state or without one. */
export const paintEmbed: Paint = (view, messages) => {
  if (view.type === 'embed') return <EmbedPage view={view} messages={messages} />;
  if (view.type !== 'opening' || view.small !== true) return null;
  const detail = noticeWords(messages.language).detail[view.reason];
  return (
    <Banner status="unknown" freshness="expired" answer={messages.opening} detail={detail}>
      <FullPage name={view.page.name} messages={messages} />
    </Banner>
  );
};

function EmbedPage({ view, messages }: { readonly view: EmbedView; readonly messages: Messages }) {
  const { known } = view;
  const { status, freshness } = known.headline;
  const { asOf, validUntil } = embedWords(messages.language);
  const { ticking, timeZone } = known.reader;
  const signed = absoluteTime(known.generated_at, messages, timeZone);
  const until = absoluteTime(known.valid_until, messages, timeZone);
  return (
    <Banner status={status} freshness={freshness} answer={messages.headline[status]} detail={detailOf(view, messages)}>
      <time datetime={known.generated_at}>{ticking ? asOf(signed) : validUntil(signed, until)}</time>{' '}
      <FullPage name={known.page.name} messages={messages} />
    </Banner>
  );
}

/** What stands under the answer. Once nothing is known any more, neither an incident nor a doubt is the explanation. */
function detailOf(view: EmbedView, messages: Messages): ComponentChildren {
  const { headline, reader, generated_at } = view.known;
  const { freshness, confirmed, ahead } = headline;
  if (ahead) return messages.ahead;
  if (freshness === 'expired')
    return messages.lastConfirmed(messages.headline[confirmed], absoluteTime(generated_at, messages, reader.timeZone));
  const [doubt, reason] = [doubtOf(reader, messages), reasonOf(view, messages)];
  return [doubt, doubt !== null && reason !== null ? ' · ' : null, reason];
}

/** The gravest doubt, before all else that may be cut for want of room; the full page says more of it. */
function doubtOf({ disagreement = null, trouble, skew }: Reader, messages: Messages): VNode | null {
  const { doubts } = embedWords(messages.language);
  if (disagreement !== null) return <b data-disagreement>{doubts.disagreement}</b>;
  if (trouble !== null) return <b data-trouble={trouble}>{doubts.trouble}</b>;
  return skew === null ? null : <b>{doubts.skew}</b>;
}

function reasonOf({ known, incident, more }: EmbedView, messages: Messages): ComponentChildren {
  if (incident === null) return known.headline.status === 'unknown' ? messages.componentsUnknown : null;
  const { text, lang } = nameIn(messages.language, incident, known.page.language);
  const rest = more === 0 ? '' : ` · ${embedWords(messages.language).more(more)}`;
  const name = (
    <bdi key="name" lang={lang}>
      {text}
    </bdi>
  );
  return [name, ` · ${messages.incident[incident.status]}${rest}`];
}

interface BannerProps {
  readonly status: ComponentStatus;
  readonly freshness: string;
  readonly answer: string;
  readonly detail: ComponentChildren;
  readonly children: ComponentChildren;
}

/**
 * The root is what every page's root is: Preact would leave an element of another name standing beside it. The ground and the
 * icon tell the status as the words do, so the whole banner has a freshness, and wears out where only its HTML is left.
 */
function Banner({ status, freshness, answer, detail, children }: BannerProps) {
  return (
    <div class="embed">
      <main id="main" class="banner" data-status={status} data-freshness={freshness}>
        <StatusIcon status={status} />
        <div>
          <div role="status" data-status={status} data-freshness={freshness}>
            <h1 class="answer">{answer}</h1>
            <p class="detail">{detail}</p>
          </div>
          <p class="foot">{children}</p>
        </div>
      </main>
    </div>
  );
}

/** In a frame the page itself must not follow the link. */
function FullPage({ name, messages }: { readonly name: string; readonly messages: Messages }) {
  return (
    <a href="/" target="_blank" rel="noopener">
      {name} <span class="hidden">{embedWords(messages.language).open}</span>
    </a>
  );
}
