import type { Probe, Site } from '../../model/site.ts';
import type { ToldHost } from '../content/hosting.ts';
import { domainOf, isLocal } from './domain.ts';
import { type HostFacts, known, type Part, unknown } from './facts.ts';
import { asked, type Questions } from './questions.ts';

interface Place {
  readonly part: Part;
  readonly address: string;
}

/** What is known of every host of ours, and of what the page reports on. */
export function gatherHosts(
  site: Site,
  told: readonly ToldHost[],
  questions: Questions,
): Promise<readonly HostFacts[]> {
  const ours = placesOf(site);
  const mine = new Set(ours.map(({ address }) => new URL(address).hostname));
  // A probe of our own page or relay is no reason to be elsewhere than that.
  const watched = [...new Set([...site.components, ...site.vendors].flatMap(({ probes }) => probes.map(addressOf)))]
    .filter((address) => !mine.has(new URL(address).hostname))
    .map((address) => ({ part: 'watched', address }) as const);
  return Promise.all([...ours, ...watched].map((place) => gatherHost(place, told, questions)));
}

function placesOf({ url, mirrors, relays }: Site): readonly Place[] {
  return [
    ...(url === null ? [] : [{ part: 'page', address: url } as const]),
    ...mirrors.map((address) => ({ part: 'mirror', address }) as const),
    ...relays.map((address) => ({ part: 'relay', address }) as const),
  ];
}

/** Names of our own hosts, as site.yaml has them. */
export function hostsIn(site: Site): ReadonlySet<string> {
  return new Set(placesOf(site).map(({ address }) => new URL(address).hostname));
}

function addressOf(probe: Probe): string {
  if (probe.kind === 'http') return probe.url;
  // Only of addresses like https: does URL make names small, as hosting.yaml has them.
  return `${probe.kind}://${probe.kind === 'dns' ? probe.name : `${probe.host.includes(':') ? `[${probe.host}]` : probe.host}:${probe.port}`}`.toLowerCase();
}

async function gatherHost(
  { part, address }: Place,
  told: readonly ToldHost[],
  questions: Questions,
): Promise<HostFacts> {
  const { hostname: host, protocol, port } = new URL(address);
  const domain = domainOf(host);
  const said = told.find((one) => one.host === host);
  const secure = protocol === 'https:' || protocol === 'wss:';
  const isOurs = part !== 'watched';
  const [addresses, nameservers, certificate, registrar] = await Promise.all([
    asked(questions.addresses(host)),
    domain === null ? known([]) : asked(questions.nameservers(domain)),
    isOurs && secure ? asked(questions.certificate(host, Number(port || 443))) : null,
    isOurs && domain !== null ? askRegistrar(domain, said, questions) : null,
  ]);
  const operators = nameservers.type === 'known' ? known([...new Set(nameservers.value.map(operatorOf))]) : nameservers;
  return {
    part,
    address,
    host,
    domain,
    addresses,
    dns: said?.dns ? known([said.dns]) : operators,
    certificate,
    registrar,
    cloud: cloudOf(host, said),
    exposed: !secure && !isLocal(host),
  };
}

/** Name servers of one operator often have several names; the domain they are under is the operator's. */
function operatorOf(nameserver: string): string {
  return domainOf(nameserver) ?? nameserver.toLowerCase();
}

async function askRegistrar(domain: string, said: ToldHost | undefined, questions: Questions) {
  if (said?.registrar) return known(said.registrar);
  if (questions.registrar !== null) return asked(questions.registrar(domain));
  return unknown('say it in hosting.yaml, or ask the registry with --rdap.');
}

function cloudOf(host: string, said: ToldHost | undefined) {
  if (said?.cloud) return known(said.cloud);
  return isLocal(host) ? known('this machine') : unknown('say it in hosting.yaml.');
}
