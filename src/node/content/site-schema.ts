import * as v from 'valibot';
import { CLAIM_MAX_MS } from '../../model/freshness.ts';
import { base, duration, id, integer, line, map, url } from './site-fields.ts';
import { probe } from './site-probe.ts';
import type { SiteVariables } from './site-variables.ts';

const timeZone = v.pipe(
  v.string('a time zone such as Etc/UTC or America/Sao_Paulo'),
  v.check(isTimeZone, 'a time zone such as Etc/UTC or America/Sao_Paulo'),
);

/** site.yaml as the operator writes it (docs/content.md). */
export function siteSchema(variables: SiteVariables) {
  const probes = v.optional(v.array(probe(variables), 'a list of probes'), []);
  const component = { id, name: line, description: v.optional(line), probes };
  const list = <Item extends v.GenericSchema>(item: Item, of: string) =>
    v.optional(v.array(item, `a list of ${of}`), []);
  return map({
    name: line,
    url: v.optional(base(variables, 'http', 'https')),
    language: v.optional(v.picklist(['en', 'pt-BR', 'es'], 'en, pt-BR or es'), 'en'),
    time_zone: v.optional(timeZone, 'Etc/UTC'),
    valid_for: v.optional(duration(5000, CLAIM_MAX_MS), '10m'),
    publish_every: v.optional(duration(1000, 300_000), '30s'),
    quorum: v.optional(integer(1, 9), 2),
    relays: list(url(variables, 'ws', 'wss'), 'relay addresses'),
    mirrors: list(base(variables, 'https'), 'mirror addresses'),
    api: v.optional(map({ maintenance_indicator: v.optional(v.boolean('true or false'), false) }), {}),
    notify: v.optional(notify(variables)),
    groups: list(map({ id, name: line, components: list(map(component), 'components') }), 'groups'),
    components: list(map({ ...component, group: v.optional(id) }), 'components'),
    vendors: list(map({ id, name: line, lifeline: v.optional(lifeline), probes }), 'vendors'),
  });
}

/** site.yaml in the right form, with what was left out filled in. */
export type SiteSource = v.InferOutput<ReturnType<typeof siteSchema>>;

function notify(variables: SiteVariables) {
  const key = v.pipe(
    v.string('the line that "lifeboat notify --push-key" prints'),
    v.regex(/^[\w-]{80,100}$/, 'the line that "lifeboat notify --push-key" prints'),
  );
  const contact = v.pipe(
    v.string('a mailto: or https: address'),
    v.regex(/^(mailto:\S+@\S+|https:\/\/\S+)$/, 'a mailto: or https: address'),
  );
  return map({
    webhooks: v.optional(v.array(url(variables, 'http', 'https'), 'a list of addresses'), []),
    push: v.optional(map({ address: url(variables, 'http', 'https'), key, contact })),
  });
}

const lifeline = v.picklist(['chat', 'observability'], 'chat or observability');

/** `Intl` takes +05:30 as well, and any case; those who read the API may not. */
const IANA_NAME = /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/;

function isTimeZone(name: string): boolean {
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return IANA_NAME.test(name) && (known === name || known.toLowerCase() !== name.toLowerCase());
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
