import { networkOf, topLevelOf } from './domain.ts';
import { type HostFacts, type Known, listed, nameOf } from './facts.ts';
import type { Finding } from './finding.ts';

interface Sharing {
  readonly rule: string;
  /** What of a host it may have in common with others; nothing where it has none, or that is not known. */
  readonly of: (host: HostFacts) => readonly string[];
  readonly what: (value: string) => string;
  /** Whether it matters that what the page reports on has it too. */
  readonly watched: boolean;
}

/** From the narrowest to the widest: what has one host in common has all else in common too, and is said once. */
const SHARINGS: readonly Sharing[] = [
  { rule: 'host', of: ({ host }) => [host], what: (host) => `one host (${host})`, watched: true },
  { rule: 'address', of: ({ addresses }) => all(addresses), what: (ip) => `one address (${ip})`, watched: true },
  { rule: 'cloud', of: ({ cloud }) => one(cloud), what: (name) => `one cloud (${name})`, watched: true },
  {
    rule: 'network',
    of: ({ addresses }) => all(addresses).map(networkOf),
    what: (network) => `one network (${network})`,
    watched: true,
  },
  {
    rule: 'domain',
    of: ({ domain }) => (domain === null ? [] : [domain]),
    what: (domain) => `one domain (${domain}), so one registration and one set of name servers`,
    watched: true,
  },
  { rule: 'dns', of: ({ dns }) => all(dns), what: (name) => `one DNS operator (${name})`, watched: true },
  {
    rule: 'registrar',
    of: ({ registrar }) => (registrar === null ? [] : one(registrar)),
    what: (name) => `one registrar (${name})`,
    watched: false,
  },
  {
    rule: 'issuer',
    of: ({ certificate }) => (certificate?.type === 'known' ? [certificate.value.issuer] : []),
    what: (name) => `one certificate issuer (${name})`,
    watched: false,
  },
  {
    rule: 'top-level',
    of: ({ domain }) => (domain === null ? [] : [topLevelOf(domain)]),
    what: (name) => `one top-level domain (.${name}), so one registry`,
    watched: false,
  },
];

/** What several of our hosts have in common, or one of ours with what the page reports on. */
export function sharedFates(hosts: readonly HostFacts[]): readonly Finding[] {
  const said: ReadonlySet<string>[] = [];
  return SHARINGS.flatMap((sharing) =>
    [...holdersOf(sharing, hosts)].flatMap(([value, holders]) => {
      const about = new Set(holders.map(({ address }) => address));
      if (said.some((wider) => [...about].every((address) => wider.has(address)))) return [];
      said.push(about);
      const sentence = `${capital(listed(namesOf(holders)))} share ${sharing.what(value)}.`;
      return [{ group: 'together', rule: sharing.rule, about: [...about], sentence } as const];
    }),
  );
}

function holdersOf({ of, watched }: Sharing, hosts: readonly HostFacts[]): ReadonlyMap<string, readonly HostFacts[]> {
  const holders = new Map<string, readonly HostFacts[]>();
  for (const host of hosts.filter(({ part }) => watched || part !== 'watched')) {
    for (const value of new Set(of(host))) holders.set(value, [...(holders.get(value) ?? []), host]);
  }
  // Among what is watched alone, it is no affair of the page.
  const isShared = (all: readonly HostFacts[]) => all.length > 1 && all.some(({ part }) => part !== 'watched');
  return new Map([...holders].filter(([, those]) => isShared(those)));
}

function namesOf(hosts: readonly HostFacts[]): readonly string[] {
  const ours = hosts.filter(({ part }) => part !== 'watched').map(nameOf);
  const watched = [...new Set(hosts.filter(({ part }) => part === 'watched').map(({ host }) => host))];
  return watched.length === 0
    ? ours
    : [...ours, `what is watched (${watched.slice(0, 5).join(', ')}${watched.length > 5 ? ' …' : ''})`];
}

function all(value: Known<readonly string[]>): readonly string[] {
  return value.type === 'known' ? value.value : [];
}

function one(value: Known<string>): readonly string[] {
  return value.type === 'known' ? [value.value.toLowerCase()] : [];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
