import { type IsoTime, isoTime } from '../../model/clock.ts';
import type { Timed } from '../../model/order.ts';

/** One line of a chronicle or of `tail`: what a member or a watcher said, in public or in a room. */
export interface Entry extends Timed {
  readonly member: string;
  readonly type: string;
  readonly body: unknown;
  /** False: from a removed device and beyond its cut; shown as such, and it decides nothing. */
  readonly counts: boolean;
}

const KNOWN_TYPES: ReadonlySet<string> = new Set(
  [
    'incident.update incident.retract maintenance.update component.set observation day page approve override',
    'incident.declare incident.severity incident.status incident.merge role handover note correct task ask step draft',
    'contact.attempt alert mirror attachment vault drill member',
  ].flatMap((line) => line.split(' ')),
);

const NEEDS_NEWER = 'This entry needs a newer Lifeboat.';

/** What the writer's clock said; null where a liar's clock names a time that no calendar holds. */
export function isoOf({ hlc: [ms] }: Pick<Entry, 'hlc'>): IsoTime | null {
  return Math.abs(ms) <= 8.64e15 ? isoTime(ms) : null;
}

/** `2026-11-22 03:12:40 UTC`, by the writer's clock. */
export function timeOf(entry: Pick<Entry, 'hlc'>): string {
  const at = isoOf(entry);
  return at === null ? 'at no possible time' : `${at.slice(0, -5).replace('T', ' ')} UTC`;
}

/** What an entry says, in words as its author wrote them: not safe for a terminal or for Markdown yet. */
export function wordsOf({ type, body }: Pick<Entry, 'type' | 'body'>): string {
  if (!KNOWN_TYPES.has(type)) return NEEDS_NEWER;
  if (typeof body !== 'object' || body === null) return String(body);
  const { text, translations, ...more } = body as Readonly<Record<string, unknown>>;
  const facts = Object.entries(more).filter(([, value]) => value !== null && JSON.stringify(value) !== '[]');
  const said = facts.map(([name, value]) => `${name}: ${typeof value === 'string' ? value : listWords(value)}`);
  const others = Array.isArray(translations) ? translations.map(translationWords) : [];
  return [...(typeof text === 'string' ? [text] : []), ...others, ...(said.length > 0 ? [said.join(', ')] : [])].join(
    '\n',
  );
}

/** `cards=major_outage, ledger`; other values as JSON. */
function listWords(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  const words = value.map((item: unknown) => {
    const { id, status } = (item ?? {}) as { readonly id?: unknown; readonly status?: unknown };
    if (typeof id === 'string' && typeof status === 'string') return `${id}=${status}`;
    return typeof item === 'string' ? item : JSON.stringify(item);
  });
  return words.join(', ');
}

/** `es: Título: texto`. */
function translationWords(value: unknown): string {
  const { lang, name, text } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [lang, name, text].filter((part) => typeof part === 'string').join(': ');
}
