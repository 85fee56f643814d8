import type { IsoTime } from '../../model/clock.ts';
import { isoTime } from '../../model/clock.ts';
import { KIND, organisation } from '../../model/event.ts';
import type { Published } from './published.ts';
import { shortId } from './statuspage/short-id.ts';

/** What the API, the feeds, the calendar and the badge all need to know of the page. */
export interface PageFacts {
  /** The organisation's name in events. */
  readonly org: string;
  /** In the API. */
  readonly id: string;
  readonly name: string;
  /** Absolute address of the page, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly language: Published['site']['language'];
  /** IANA. */
  readonly zone: string;
  /** When the organisation signed its first roster. */
  readonly founded: IsoTime;
  /** When this state was made, Unix ms. */
  readonly now: number;
}

/** API and feeds need an absolute address. Where none is known, one that can never be anybody's (RFC 2606). */
const NOWHERE = 'https://status.invalid';

export function pageFacts({ site, roster, claims, events }: Published): PageFacts {
  const org = organisation(roster.root);
  const url = (site.url ?? site.mirrors[0] ?? NOWHERE).replace(/\/+$/, '');
  const rosters = events.filter(({ kind, pubkey }) => kind === KIND.roster && pubkey === roster.root);
  const first = Math.min(...rosters.map(({ created_at }) => created_at * 1000));
  return {
    org,
    id: shortId(`${org}:page`),
    name: site.name,
    url,
    host: new URL(url).host,
    language: site.language,
    zone: site.time_zone,
    founded: Number.isFinite(first) ? isoTime(first) : claims.generated_at,
    now: Date.parse(claims.generated_at),
  };
}
