import { type Facts, type HostFacts, listed, nameOf, type RelayFacts, type SiteFacts } from './facts.ts';
import type { Finding, Group } from './finding.ts';

/** What hosts answer otherwise than they must. */
export function wrongAnswers({ root, org, hosts, sites, relays }: Facts): readonly Finding[] {
  return [
    ...hosts.flatMap(overTheWire),
    ...sites.flatMap((site) => [...notOurs(site, root), ...notFound(site), ...unlike(site), ...unshared(site)]),
    ...relays.flatMap((relay) => unwell(relay, org)),
  ];
}

type Subject = Pick<HostFacts, 'part' | 'address'>;

function say(group: Group, rule: string, subject: Subject, what: string): Finding {
  const name = nameOf(subject);
  return { group, rule, about: [subject.address], sentence: `${name.charAt(0).toUpperCase()}${name.slice(1)} ${what}` };
}

function overTheWire(host: HostFacts): readonly Finding[] {
  if (host.exposed && host.part !== 'watched')
    return [say('wrong', 'no-tls', host, 'is reached without TLS: anybody on the way may change what is read.')];
  const refused = host.certificate?.type === 'known' ? host.certificate.value.refused : null;
  return refused === null
    ? []
    : [say('wrong', 'certificate', host, `has a certificate that browsers refuse (${refused}).`)];
}

function notOurs(site: SiteFacts, root: string): readonly Finding[] {
  const other = site.root.type === 'known' && site.root.value !== root;
  const forged = site.snapshot.type === 'known' && site.snapshot.value?.signed === false;
  return [
    ...(other ? [say('wrong', 'root', site, 'names another root key, or none: it is not a copy of this page.')] : []),
    ...(forged
      ? [say('wrong', 'signature', site, 'shows a snapshot that no publisher of this organisation signed.')]
      : []),
  ];
}

function notFound(site: SiteFacts): readonly Finding[] {
  if (site.missing.type === 'unknown') return [];
  const { page, api, json } = site.missing.value;
  const wrong = [...(page === 404 ? [] : [`${page} for a page`]), ...(api === 404 ? [] : [`${api} under /api/`])];
  if (wrong.length > 0)
    return [say('wrong', 'not-found', site, `answers what is not there with ${listed(wrong)}: it must be 404.`)];
  return json ? [] : [say('limited', 'not-found-json', site, 'answers 404 under /api/ with something else than JSON.')];
}

function unlike(site: SiteFacts): readonly Finding[] {
  if (site.headers.type === 'unknown' || site.headers.value.length === 0) return [];
  const names = Map.groupBy(site.headers.value, ({ name }) => name);
  const rows = [...names].map(([name, facts]) => {
    const how = facts.every(({ found }) => found === null) ? 'not' : 'otherwise';
    return `${name} ${how} at ${listed(facts.map(({ path }) => path))}`;
  });
  return [
    say('wrong', 'headers', site, `sends ${rows.join('; ')}: print its configuration again with "lifeboat hosting".`),
  ];
}

function unshared(site: SiteFacts): readonly Finding[] {
  if (site.shared.type === 'unknown' || site.shared.value) return [];
  return [say('wrong', 'cors', site, 'does not let other origins read its data, so it is no use as a mirror.')];
}

function unwell({ address, health }: RelayFacts, org: string): readonly Finding[] {
  if (health.type === 'unknown') return [];
  const relay = { part: 'relay', address } as const;
  if (health.value.org !== org)
    return [say('wrong', 'relay-organisation', relay, 'keeps the log of another organisation.')];
  return health.value.ok ? [] : [say('wrong', 'relay-health', relay, 'cannot store anything at the moment.')];
}
