import type { PageFacts } from '../publish/page-facts.ts';
import { shortId } from '../publish/statuspage/short-id.ts';
import type { WireState } from '../publish/statuspage/wire.ts';
import { wireWriter } from '../publish/statuspage/write.ts';
import { zonedTime } from '../publish/zone-time.ts';
import type { News } from './news.ts';

/**
 * One webhook message, JSON, in the shape of Statuspage's (`meta`, `page`, then `incident`, or `component` and
 * `component_update`), with a key `lifeboat` more: the words, also where something was taken back and v2 has none, and the
 * signed event itself, which whoever pins the root key can verify. Messages may come twice; `lifeboat.key` is the same then.
 */
export function webhookBody(facts: PageFacts, { page, status }: WireState, news: News): string {
  const write = wireWriter(facts.zone);
  const head = {
    meta: {
      unsubscribe: null,
      documentation: `${facts.url}/subscribe/`,
      generated_at: zonedTime(news.at, facts.zone),
    },
    page: { id: page.id, status_indicator: status.indicator, status_description: status.description },
  };
  if (news.type === 'component') {
    const { component, before, at, key } = news;
    const update = {
      old_status: before,
      new_status: component.status,
      created_at: zonedTime(at, facts.zone),
      component_type: 'Component',
      id: shortId(key),
      component_id: component.id,
    };
    return JSON.stringify({
      ...head,
      component_update: update,
      component: write.component(component),
      lifeboat: { key },
    });
  }
  const { incident, key, title, text, lang, link, event } = news;
  const said = { key, title, text, lang, link, event };
  if (incident === null) return JSON.stringify({ ...head, lifeboat: said });
  const shown = 'scheduled_for' in incident ? write.maintenance(incident) : write.incident(incident);
  return JSON.stringify({ ...head, incident: { ...WITHOUT, ...shown }, lifeboat: said });
}

/** What a webhook of Statuspage says of an incident and `/api/v2` does not. */
const WITHOUT = {
  backfilled: false,
  impact_override: null,
  postmortem_body: null,
  postmortem_body_last_updated_at: null,
  postmortem_ignored: false,
  postmortem_notified_subscribers: false,
  postmortem_notified_twitter: false,
  postmortem_published_at: null,
  scheduled_auto_transition: false,
  scheduled_for: null,
  scheduled_remind_prior: false,
  scheduled_reminded_at: null,
  scheduled_until: null,
} as const;

/** What a reader's browser shows; at most some 3 kB, because push services take no more. */
export function pushBody(news: News & { readonly type: 'update' }): string {
  const { title, text, lang, link, at, key } = news;
  const short = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX).toWellFormed()} …` : text;
  return JSON.stringify({
    v: 1,
    title: title.slice(0, TITLE_MAX).toWellFormed(),
    text: short,
    lang,
    path: new URL(link).pathname,
    at,
    tag: key,
  });
}

const TEXT_MAX = 600;
const TITLE_MAX = 200;
