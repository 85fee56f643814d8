import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { askRelay } from './ask-relay.ts';
import { type Certificate, type Known, known, unknown } from './facts.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What the doctor may ask the world; tests answer for it. Each rejects where there is no answer in time. */
export interface Questions {
  addresses(name: string): Promise<readonly string[]>;
  nameservers(domain: string): Promise<readonly string[]>;
  certificate(host: string, port: number): Promise<Certificate>;
  /** Follows no redirect. */
  get(url: string): Promise<Answer>;
  /** What a relay holds for one filter of NIP-01. */
  events(relay: string, filter: object): Promise<readonly unknown[]>;
  /** Null: not to be asked, for it is a stranger's server. */
  readonly registrar: ((domain: string) => Promise<string>) | null;
}

const DEADLINE_MS = 8_000;
const DNS_MS = 2_000;
const BODY_MAX = 4_194_304;

/** The real world. `servers` stand in for the system's resolvers; `rdap` allows asking rdap.org who registered a name. */
export function realQuestions(servers: readonly string[], rdap: boolean): Questions {
  const resolver = new Resolver({ timeout: DNS_MS, tries: 2 });
  if (servers.length > 0) resolver.setServers([...servers]);
  return {
    addresses: async (name) => {
      const bare = name.replace(/^\[|\]$/g, '');
      if (isIP(bare) !== 0) return [bare];
      if (bare === 'localhost') return ['127.0.0.1'];
      const found = await Promise.allSettled([resolver.resolve4(bare), resolver.resolve6(bare)]);
      const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      // With an address of one kind the other kind may be missing; with none, the first refusal says why.
      if (addresses.length === 0 && found[0].status === 'rejected') throw found[0].reason;
      return addresses;
    },
    nameservers: (domain) => resolver.resolveNs(domain),
    certificate,
    get,
    events: (relay, filter) => askRelay(relay, filter, DEADLINE_MS),
    registrar: rdap ? registrar : null,
  };
}

/** Asks, and makes of a refusal a reason that a person understands. */
export async function asked<Value>(question: Promise<Value>): Promise<Known<Value>> {
  try {
    return known(await question);
  } catch (error) {
    return unknown(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  if (/TIMEOUT|ETIMEDOUT/.test(`${code} ${error.name.toUpperCase()}`)) return 'there was no answer in time.';
  if (code === 'ENOTFOUND' || code === 'ENODATA') return 'there is no such name.';
  if (code === 'ECONNREFUSED') return 'nothing answers there.';
  if (/CERT|SIGNATURE|SELF_SIGNED|ALTNAME/.test(code)) return `its certificate is not valid (${code}).`;
  return `${(code || cause.message).replace(/\.$/, '')}.`;
}

function certificate(host: string, port: number): Promise<Certificate> {
  return new Promise((resolve, reject) => {
    const servername = isIP(host) === 0 ? host : '';
    // The handshake is completed first, so that what is wrong can be said.
    const socket = connect({ host, port, servername, rejectUnauthorized: false, timeout: DEADLINE_MS });
    const timer = setTimeout(() => socket.destroy(timeout()), DEADLINE_MS);
    socket.once('timeout', () => socket.destroy(timeout()));
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(timer));
    socket.once('secureConnect', () => {
      const { issuer, valid_to } = socket.getPeerCertificate();
      const refused = socket.authorized ? null : String(socket.authorizationError);
      resolve({ issuer: issuerName(issuer), expires_at: new Date(valid_to).toISOString(), refused });
      socket.destroy();
    });
  });
}

function issuerName(issuer: {
  readonly O?: string | readonly string[];
  readonly CN?: string | readonly string[];
}): string {
  return String(issuer.O ?? issuer.CN ?? 'a certificate without an issuer');
}

function timeout(): Error {
  return Object.assign(new Error('there was no answer in time.'), { code: 'ETIMEDOUT' });
}

async function get(url: string): Promise<Answer> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const response = await fetch(url, { redirect: 'manual', signal, headers: { 'user-agent': 'lifeboat-doctor' } });
  const text = await readBody(response);
  return { status: response.status, headers: response.headers, text };
}

async function readBody({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > BODY_MAX) throw new Error('the answer is longer than 4 MB');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Who registered a name (RFC 9083): rdap.org sends on to the registry that knows. */
async function registrar(domain: string): Promise<string> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const response = await fetch(`https://rdap.org/domain/${encodeURIComponent(domain)}`, { signal });
  if (!response.ok) throw new Error(`rdap.org answered ${response.status}`);
  return registrarIn(await response.json());
}

/** The name in an answer of RDAP; throws where it names no registrar. */
export function registrarIn(answer: unknown): string {
  const { entities = [] } = answer as {
    entities?: readonly { roles?: readonly string[]; vcardArray?: readonly unknown[] }[];
  };
  const card = entities.find(({ roles }) => roles?.includes('registrar'))?.vcardArray?.[1];
  const rows = Array.isArray(card) ? (card as readonly (readonly unknown[])[]) : [];
  const name = rows.find(([field]) => field === 'fn')?.[3];
  if (typeof name !== 'string' || name === '') throw new Error('the registry names no registrar');
  return name;
}
