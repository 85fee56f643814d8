import * as v from 'valibot';
import type { DnsProbe, HttpProbe, Probe, TcpProbe, TlsProbe } from '../../model/site.ts';
import { duration, endpoint, integer, line, map, url } from './site-fields.ts';
import type { SiteVariables } from './site-variables.ts';

const KINDS = ['http', 'tcp', 'tls', 'dns'] as const;
/** So often, unless the operator says otherwise. A claim lasts 15 minutes at most, so it is renewed at least every 5. */
const EVERY_MS = 30_000;
const every = v.optional(duration(1000, 300_000));
const deadline = v.optional(duration(100, 30_000));

/** A probe of site.yaml: exactly one of http, tcp, tls and dns with an address, and what is expected of it. */
export function probe(variables: SiteVariables): v.GenericSchema<unknown, Probe> {
  const schemas = {
    http: httpProbe(variables),
    tcp: tcpProbe(variables),
    tls: tlsProbe(variables),
    dns: dnsProbe(),
  };
  const none = v.custom<Probe>(() => false, 'a map with exactly one of http, tcp, tls and dns');
  return v.lazy((input): v.GenericSchema<unknown, Probe> => {
    const found = KINDS.filter((kind) => typeof input === 'object' && input !== null && Object.hasOwn(input, kind));
    const [kind] = found;
    return kind !== undefined && found.length === 1 ? schemas[kind] : none;
  });
}

/** The deadline is a quarter of the interval, within 1 to 10 s: a frozen server shows within two intervals, too. */
function timing(input: { readonly every?: number | undefined; readonly deadline?: number | undefined }) {
  const every_ms = input.every ?? EVERY_MS;
  const usual = Math.min(Math.max(every_ms / 4, 1000), 10_000, every_ms);
  return { every_ms, deadline_ms: Math.round(input.deadline ?? usual) };
}

function httpProbe(variables: SiteVariables): v.GenericSchema<unknown, HttpProbe> {
  const status = integer(100, 599);
  const value = v.union([v.string(), v.number(), v.boolean(), v.null()], 'a text, a number, true, false or null');
  const expect = map({
    status: v.optional(v.union([status, v.array(status)], 'a status such as 200, or a list of them')),
    body: v.optional(v.pipe(v.string('text'), v.minLength(1, 'text that is not empty'))),
    json: v.optional(map({ path: line, equals: value })),
    under: v.optional(duration(1, 30_000)),
  });
  const method = v.optional(v.picklist(['GET', 'HEAD'], 'GET or HEAD'), 'GET');
  const entries = { http: url(variables, 'http', 'https'), method, every, deadline, expect: v.optional(expect) };
  return v.pipe(
    map(entries),
    v.transform((input): HttpProbe => {
      const { status: wanted = [], body = null, json = null, under = null } = input.expect ?? {};
      const statuses = typeof wanted === 'number' ? [wanted] : wanted;
      return {
        kind: 'http',
        url: input.http,
        method: input.method,
        ...timing(input),
        statuses,
        slow_ms: under,
        body,
        json,
      };
    }),
  );
}

function tcpProbe(variables: SiteVariables): v.GenericSchema<unknown, TcpProbe> {
  return v.pipe(
    map({ tcp: endpoint(variables), every, deadline }),
    v.transform((input): TcpProbe => ({ kind: 'tcp', ...input.tcp, ...timing(input) })),
  );
}

function tlsProbe(variables: SiteVariables): v.GenericSchema<unknown, TlsProbe> {
  const expect = v.optional(map({ days: integer(0, 3650) }));
  return v.pipe(
    map({ tls: endpoint(variables, 443), every, deadline, expect }),
    v.transform((input): TlsProbe => ({ kind: 'tls', ...input.tls, ...timing(input), days: input.expect?.days ?? 14 })),
  );
}

function dnsProbe(): v.GenericSchema<unknown, DnsProbe> {
  const type = v.picklist(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT'], 'A, AAAA, CNAME, MX, NS or TXT');
  const expect = map({ type: v.optional(type, 'A'), answer: v.optional(line) });
  return v.pipe(
    map({ dns: line, every, deadline, expect: v.optional(expect) }),
    v.transform((input): DnsProbe => {
      const { type: kind = 'A', answer = null } = input.expect ?? {};
      return { kind: 'dns', name: input.dns, ...timing(input), type: kind, expect: answer };
    }),
  );
}
