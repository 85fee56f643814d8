import { freshnessOf, isAhead } from '../../model/freshness.ts';
import { type Facts, nameOf } from './facts.ts';
import type { Finding } from './finding.ts';

const DAY_MS = 86_400_000;
/** Two copies of one page may be so far apart: a round, and the way to the other cloud. */
const BEHIND_MS = 120_000;
/** Short certificates are renewed at a third of their life: what has a week left was not. */
const CERTIFICATE_MS = 7 * DAY_MS;
const TRIED_MS = 90 * DAY_MS;

/** What was right once. `now` in milliseconds. */
export function grownOld({ hosts, sites, ladder, told }: Facts, now: number): readonly Finding[] {
  const certificates = hosts.flatMap((host): readonly Finding[] => {
    if (host.certificate?.type !== 'known') return [];
    const left = Date.parse(host.certificate.value.expires_at) - now;
    if (left < 0 || left > CERTIFICATE_MS) return [];
    const sentence = `The certificate of ${nameOf(host)} ends at ${host.certificate.value.expires_at}: renewing it has failed.`;
    return [{ group: 'stale', rule: 'certificate-expiry', about: [host.address], sentence }];
  });
  const shown = sites.flatMap((site) =>
    site.snapshot.type === 'known' && site.snapshot.value?.signed === true
      ? [{ site, claim: site.snapshot.value, at: Date.parse(site.snapshot.value.generated_at) }]
      : [],
  );
  const newest = Math.max(...shown.flatMap(({ claim, at }) => (isAhead(claim.generated_at, now) ? [] : [at])));
  const snapshots = shown.flatMap(({ site, claim, at }): readonly Finding[] => {
    const about = [site.address];
    if (isAhead(claim.generated_at, now)) {
      const sentence = `What ${nameOf(site)} shows is signed with a time ${age(at - now)} ahead: its readers see Unknown. Set the publisher's clock, or the one here.`;
      return [{ group: 'stale', rule: 'ahead', about, sentence }];
    }
    if (freshnessOf(claim, now) === 'expired') {
      const sentence = `What ${nameOf(site)} shows was signed ${age(now - at)} ago: its readers see Unknown.`;
      return [{ group: 'stale', rule: 'snapshot', about, sentence }];
    }
    if (newest - at <= BEHIND_MS) return [];
    return [
      {
        group: 'stale',
        rule: 'behind',
        about,
        sentence: `${capital(nameOf(site))} is ${age(newest - at)} behind the newest copy.`,
      },
    ];
  });
  const tried = ladder.flatMap(({ channel, last_tested }): readonly Finding[] => {
    if (last_tested === null || now - Date.parse(last_tested) <= TRIED_MS) return [];
    return [
      {
        group: 'stale',
        rule: 'ladder',
        about: [],
        sentence: `The channel ${channel} was last tried on ${last_tested}.`,
      },
    ];
  });
  const used = new Set(hosts.map(({ host }) => host));
  const unused = told
    .filter((host) => !used.has(host))
    .map((host): Finding => {
      const sentence = `hosting.yaml speaks of ${host}, which is neither in site.yaml nor watched: correct the name, or take it out.`;
      return { group: 'stale', rule: 'hosting', about: [], sentence };
    });
  return [...certificates, ...snapshots, ...tried, ...unused];
}

/** What nobody has ever tried. */
export function neverTried({ ladder, sites }: Facts): readonly Finding[] {
  const channels = ladder.flatMap(({ channel, last_tested }): readonly Finding[] => {
    if (last_tested !== null) return [];
    return [
      {
        group: 'untested',
        rule: 'ladder',
        about: [],
        sentence: `The channel ${channel} was never tried: write the day into last_tested of people.yaml.`,
      },
    ];
  });
  const empty = sites.flatMap((site): readonly Finding[] => {
    if (site.snapshot.type === 'unknown' || site.snapshot.value !== null) return [];
    return [
      {
        group: 'untested',
        rule: 'snapshot',
        about: [site.address],
        sentence: `${capital(nameOf(site))} has never been published to: it holds no snapshot.`,
      },
    ];
  });
  return [...channels, ...empty];
}

function age(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
