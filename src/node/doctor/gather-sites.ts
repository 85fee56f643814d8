import { randomBytes } from 'node:crypto';
import { verifyEvent } from '../../log/event.ts';
import { API } from '../../model/api.ts';
import { KIND, organisation } from '../../model/event.ts';
import { claimEnd } from '../../model/freshness.ts';
import { parseSnapshot } from '../../model/parse-snapshot.ts';
import { may, type Roster } from '../../model/roster.ts';
import { type HeaderRules, headersOf } from '../hosting/header-rules.ts';
import {
  type HeaderFact,
  type Known,
  known,
  type RelayFacts,
  type SiteFacts,
  type SnapshotFact,
  unknown,
} from './facts.ts';
import { type Answer, asked, type Questions } from './questions.ts';

/** One path of each class of headers that every site has. */
const LOOKED_AT = ['/', '/sw.js', '/offline/', '/bridge/', `/${API}/snapshot.json`];

export interface Expected {
  readonly root: string;
  readonly rules: Known<HeaderRules>;
  /** Null where this machine holds no copy of it. */
  readonly roster: Roster | null;
}

/** Asks one copy of the site for all that it must answer. */
export async function gatherSite(
  part: SiteFacts['part'],
  address: string,
  expected: Expected,
  questions: Questions,
): Promise<SiteFacts> {
  const at = (path: string) => new URL(path, address).href;
  const name = `lifeboat-doctor-${randomBytes(6).toString('hex')}`;
  const [front, snapshot, page, api, headers] = await Promise.all([
    asked(questions.get(at('/'))),
    asked(questions.get(at(`/${API}/snapshot.json`))),
    asked(questions.get(at(`/${name}/`))),
    asked(questions.get(at(`/api/v2/${name}.json`))),
    gatherHeaders(address, expected.rules, questions),
  ]);
  return {
    part,
    address,
    root: from(front, ({ text }) => rootIn(text)),
    snapshot: from(snapshot, (answer) => snapshotIn(answer, expected)),
    shared: from(snapshot, ({ headers: sent }) => sent.get('access-control-allow-origin') === '*'),
    missing: page.type === 'unknown' ? page : from(api, (answer) => missingIn(page.value, answer)),
    headers,
  };
}

/** Asks a relay how it is. */
export async function gatherRelay(address: string, questions: Questions): Promise<RelayFacts> {
  const health = await asked(questions.get(new URL('/healthz', address.replace(/^ws/, 'http')).href));
  return {
    address,
    health: from(health, ({ text }) => {
      const { ok, org } = JSON.parse(text) as { readonly ok: boolean; readonly org: string };
      return { ok, org };
    }),
  };
}

/** What an answer says, or that it cannot be read. */
function from<Value, Read>(answer: Known<Value>, read: (value: Value) => Read): Known<Read> {
  if (answer.type === 'unknown') return answer;
  try {
    return known(read(answer.value));
  } catch {
    return unknown('its answer could not be read.'); // Anything may answer at that address.
  }
}

/** The root key in the block of facts that every page of ours carries. */
function rootIn(html: string): string | null {
  const block = /<script type="application\/json" id="site">(.*?)<\/script>/s.exec(html)?.[1];
  return block === undefined ? null : String((JSON.parse(block) as { readonly root?: unknown }).root);
}

function snapshotIn({ status, text }: Answer, { root, roster }: Expected): SnapshotFact | null {
  if (status === 404) return null;
  const verified = verifyEvent(JSON.parse(text), organisation(root));
  if (verified.type !== 'ok') return { signed: false };
  const snapshot = parseSnapshot(verified.event.content);
  if (snapshot === null || Number.isNaN(claimEnd(snapshot))) throw new Error('This is no snapshot.');
  if (roster !== null && !may(roster, verified.event.pubkey, KIND.snapshot)) return { signed: false };
  return { signed: true, generated_at: snapshot.generated_at, valid_until: snapshot.valid_until };
}

function missingIn(page: Answer, api: Answer) {
  const json = /^application\/json\b/.test(api.headers.get('content-type') ?? '') && isJson(api.text);
  return { page: page.status, api: api.status, json };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // That is the question.
  }
}

/** Which headers are not as this version wants them, at the paths that are there. */
async function gatherHeaders(
  address: string,
  rules: Known<HeaderRules>,
  questions: Questions,
): Promise<Known<readonly HeaderFact[]>> {
  if (rules.type === 'unknown') return rules;
  const secure = address.startsWith('https:');
  return asked(
    Promise.all(
      LOOKED_AT.map(async (path) => {
        const { status, headers } = await questions.get(new URL(path, address).href);
        if (status !== 200) return [];
        return Object.entries(headersOf(rules.value, path)).flatMap(([name, value]): readonly HeaderFact[] => {
          // Browsers ignore it where there is no TLS.
          if (name === 'Strict-Transport-Security' && !secure) return [];
          const found = headers.get(name);
          return found === value ? [] : [{ path, name, found }];
        });
      }),
    ).then((facts) => facts.flat()),
  );
}
