import type { PushState } from '../model/view.ts';
import type { Messages } from './messages.ts';

interface Offer {
  readonly title: string;
  readonly text: string;
}

/** Sentences of the page that says how to be told. */
export interface SubscribeMessages extends Pick<Messages, 'locale' | 'language'> {
  readonly intro: string;
  readonly noAddress: string;
  readonly copy: string;
  readonly copied: string;
  /** The browser does not let the page copy: the text was selected instead. */
  readonly selected: string;
  readonly feeds: Offer;
  readonly feed: Readonly<Record<'atom' | 'rss' | 'updates' | 'json', Offer>>;
  readonly calendar: Offer;
  readonly openCalendar: string;
  readonly email: Offer;
  readonly push: Offer & Readonly<Record<PushState, string>>;
  readonly pushOn: string;
  readonly pushOff: string;
  readonly webhooks: Offer;
  readonly badge: Offer;
  readonly badgeAlt: (name: string) => string;
  readonly banner: Offer;
  readonly seeBanner: string;
  readonly api: Offer;
  readonly age: Offer;
  readonly inShell: string;
  readonly inJavaScript: string;
  readonly asHtml: string;
  readonly asMarkdown: string;
}
