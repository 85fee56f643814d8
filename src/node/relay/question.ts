import { respond } from '../../log/negentropy/negentropy.ts';
import { ADDRESSABLE_KINDS, REGULAR_KINDS } from '../../model/kind-sets.ts';
import { spend } from './bucket.ts';
import type { Engine } from './engine.ts';
import { type Filter, parseFilter } from './filter.ts';
import { readerOf, type ShownRequest } from './proof.ts';
import { liveDevice, readable, readRefusal } from './reading.ts';
import { select } from './reconciling.ts';
import type { RelayState } from './state.ts';

/** One question over HTTP: `/neg` compares ids, `/ids` fetches events. */
export interface Question extends ShownRequest {
  readonly about: 'neg' | 'ids';
}

/** The answer, or the refusal with its NIP-01 prefix. */
export type Answer =
  | { readonly type: 'answer'; readonly text: string }
  | { readonly type: 'refusal'; readonly why: string };

/** Answers `POST /neg` and `POST /ids`, and forgets: sealed kinds pass the same gate as over a WebSocket. */
export async function answerQuestion(engine: Engine, question: Question, now: number): Promise<Answer> {
  const { state } = engine;
  const asked = parseQuestion(question, state.limits.idsPerRequest);
  if (typeof asked === 'string') return refuse(`invalid: ${asked}`);
  const reader = await readerOf(engine, question, now);
  if (typeof reader === 'string') return refuse(reader);
  const device = liveDevice(reader, state.roster);
  const { unknownRate, unknownBurst, deviceRate, deviceBurst } = state.limits;
  const size = device ? { rate: deviceRate, burst: deviceBurst } : { rate: unknownRate, burst: unknownBurst };
  if (!spend(state.buckets, device ?? question.address, size, now)) return refuse('rate-limited: too many at once');
  const refusal = readRefusal(reader, state.roster, asked.filter);
  if (refusal !== '') return refuse(refusal);
  if (question.about === 'ids') {
    const kinds = [...REGULAR_KINDS, ...ADDRESSABLE_KINDS];
    return { type: 'answer', text: eventLines(state, readable(reader, state.roster, asked.filter, kinds)) };
  }
  try {
    const index = select(state, readable(reader, state.roster, asked.filter, REGULAR_KINDS));
    return { type: 'answer', text: JSON.stringify({ message: respond(index, asked.message) }) };
  } catch (error) {
    return refuse(`invalid: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What fits into one answer, one event a line; who misses some asks for those again. */
function eventLines(state: RelayState, filter: Filter): string {
  let text = '';
  for (const { json } of state.shelf.find(filter, state.limits.idsPerRequest)) {
    if (text.length + json.length > state.limits.answer) break;
    text += `${json}\n`;
  }
  return text;
}

function parseQuestion({ about, body }: Question, mostIds: number): { filter: Filter; message: string } | string {
  const value = parseObject(body);
  if (value === undefined) return 'the body is no JSON object in UTF-8';
  const filter = parseFilter(about === 'neg' ? value['filter'] : value);
  if (typeof filter === 'string') return filter;
  if (about === 'neg') {
    const { message } = value;
    return typeof message === 'string' ? { filter, message } : 'the body has no message';
  }
  if (filter.ids === undefined) return 'the body has no ids';
  return filter.ids.length > mostIds ? `at most ${mostIds} ids at once` : { filter, message: '' };
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    // No UTF-8, or no JSON: the caller answers that.
    return undefined;
  }
}

function refuse(why: string): Answer {
  return { type: 'refusal', why };
}
