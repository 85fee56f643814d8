import type { Log } from '../../log/log.ts';
import { KIND } from '../../model/event.ts';
import { fitState } from '../../model/fit.ts';
import { foldPublic } from '../../model/folded.ts';
import { ADDRESSABLE_KINDS } from '../../model/kind-sets.ts';
import { type Site, statedSite } from '../../model/site.ts';
import type { Platform } from '../../platform.ts';
import { pageFacts } from '../publish/page-facts.ts';
import type { Published } from '../publish/published.ts';
import { nextClaims } from '../publish/sign.ts';
import { wireState } from '../publish/statuspage/state.ts';
import { createLanes, type Tell } from './lanes.ts';
import { newsOf, statusesOf } from './news.ts';
import type { Message, Outbox } from './outbox.ts';
import { shownEndpoint } from './shown-endpoint.ts';
import { pushBody, webhookBody } from './webhook-body.ts';

interface NotifierOptions {
  readonly site: Site;
  readonly log: Log;
  readonly platform: Pick<Platform, 'now' | 'after'>;
  readonly outbox: Outbox;
  readonly webhooks: readonly string[];
  /** Endpoints of the browsers that asked. */
  readonly browsers: () => readonly string[];
  readonly tell: Tell;
  /** The title of each piece of news, when it goes into the outbox. */
  readonly onNews: (title: string) => void;
  readonly onTrouble: (sentence: string) => void;
}

export interface Notifier {
  close(): Promise<void>;
}

const GATHER_MS = 500;
/** Claims run out without any event. */
const LOOK_MS = 30_000;

/** Looks for news whenever the log changes, keeps them in the outbox, and tells them until they are taken. */
export function startNotifier(options: NotifierOptions): Notifier {
  const { site, log, platform, outbox } = options;
  const lanes = createLanes({
    outbox,
    tell: options.tell,
    isFirst: (endpoint) => options.webhooks.includes(endpoint),
    nameOf: (endpoint) => shownEndpoint(endpoint, options.webhooks),
    platform,
    onTrouble: options.onTrouble,
  });
  let cancel = () => {};
  let closed = false;

  function look(): void {
    const published = publishedAt(platform.now());
    const facts = pageFacts(published);
    const state = wireState(facts, published);
    const isFirst = !outbox.begun;
    const news = newsOf(facts, published, state, outbox.statuses()).filter(({ key }) => !outbox.known(key));
    // What was there before the notifier first looked is history, and wakes nobody.
    const messages = isFirst
      ? []
      : news.map((one): Message => {
          options.onNews(one.type === 'update' ? one.title : `${one.component.name}: ${one.component.status}`);
          const body = webhookBody(facts, state, one);
          const told = options.webhooks.map((endpoint) => [endpoint, body] as const);
          const pushed = one.type === 'update' ? options.browsers().map((to) => [to, pushBody(one)] as const) : [];
          return { key: one.key, bodies: new Map([...told, ...pushed]) };
        });
    outbox.remember(
      news.map(({ key }) => key),
      messages,
      statusesOf(state),
      platform.now(),
    );
  }

  function publishedAt(now: number): Published {
    const [events, roster] = [log.events(), log.roster()];
    const folded = foldPublic(events, roster, statedSite(site), now);
    return { site, roster, folded, claims: nextClaims(site, fitState(folded.state), 0, now), events };
  }

  function schedule(ms: number): void {
    cancel();
    cancel = closed ? () => {} : platform.after(ms, tick);
  }

  function tick(): void {
    // What waits already is told, whatever keeps the news away.
    for (const step of [look, lanes.look]) {
      try {
        step();
      } catch (error) {
        options.onTrouble(`news could not be told (${String(error)}); trying again.`);
      }
    }
    schedule(LOOK_MS);
  }

  const end = log.onEvents((added) => {
    if (added.some(({ kind }) => kind === KIND.public || kind === KIND.roster || ADDRESSABLE_KINDS.includes(kind)))
      schedule(GATHER_MS);
  });
  tick();
  return {
    close: async () => {
      closed = true;
      cancel();
      end();
      await lanes.close();
    },
  };
}
