import type { IsoTime } from '../../../model/clock.ts';
import {
  isMaintenance,
  overruledIn,
  type PublicRecord,
  type RecordUpdate,
  recordsOf,
} from '../../../model/public-record.ts';
import type { PageFacts } from '../page-facts.ts';
import { printed } from '../printed-time.ts';
import type { Published } from '../published.ts';
import { wordsOf } from '../words.ts';
import { xmlText } from './xml.ts';

/** One incident or maintenance with all its updates, as /history.atom and /history.rss of Statuspage have it. */
export interface HistoryEntry {
  /** Statuspage shows a number of its own database; ours is the code read as one. */
  readonly number: string;
  readonly name: string;
  readonly link: string;
  /** Of the latest update. */
  readonly published: IsoTime;
  readonly updated: IsoTime;
  /** A paragraph for each update, the newest first. */
  readonly html: string;
}

const ENTRIES_MAX = 50;
/** As Statuspage has them, in English; it has none for cancelled. */
const LABELS: Readonly<Record<RecordUpdate['status'], string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  postmortem: 'Postmortem',
  scheduled: 'Scheduled',
  in_progress: 'In progress',
  verifying: 'Verifying',
  completed: 'Completed',
  cancelled: 'Completed',
};

/** The 50 with the latest updates, newest first. */
export function historyEntries(facts: PageFacts, { folded }: Published): readonly HistoryEntry[] {
  return recordsOf(folded.said)
    .toSorted((a, b) => Date.parse(publishedAt(b)) - Date.parse(publishedAt(a)) || (a.code < b.code ? -1 : 1))
    .slice(0, ENTRIES_MAX)
    .map((told) => historyEntry(facts, told));
}

function publishedAt({ retracted, updates, updated_at }: PublicRecord): IsoTime {
  return retracted?.at ?? updates[0]?.at ?? updated_at;
}

function historyEntry(facts: PageFacts, told: PublicRecord): HistoryEntry {
  const { code, name, updated_at, retracted } = told;
  const updates: readonly RecordUpdate[] = told.updates;
  const paragraphs = [
    ...(retracted === undefined
      ? []
      : [paragraph(facts, retracted.at, 'Update', retractionText(facts, retracted.reason))]),
    ...overruledIn(told).map(({ at, reason }) =>
      paragraph(facts, at, 'Update', html(wordsOf(facts.language).overruled(reason))),
    ),
    ...(isMaintenance(told) ? [schedule(told.scheduled_for, told.scheduled_until, facts.zone)] : []),
    ...updates.map((update, index) => updateParagraph(facts, update, labelOf(update, updates.slice(index + 1)))),
  ];
  return {
    number: numberOf(code),
    name,
    link: `${facts.url}/incidents/${code}/`,
    published: publishedAt(told),
    updated: updated_at,
    html: paragraphs.join(''),
  };
}

/** A status that the update before had already is not said again. */
function labelOf({ status }: RecordUpdate, older: readonly RecordUpdate[]): string {
  const before = older.find(({ retracted }) => retracted === undefined);
  return before?.status === status ? 'Update' : LABELS[status];
}

function updateParagraph(facts: PageFacts, { at, text, retracted }: RecordUpdate, label: string): string {
  const body = html(text);
  const reason = retracted === undefined ? '' : `<br />${retractionText(facts, retracted.reason)}`;
  return paragraph(facts, at, label, retracted === undefined ? body : `<del>${body}</del>${reason}`);
}

function paragraph({ zone }: PageFacts, at: IsoTime, label: string, body: string): string {
  return `<p><small>${dateHtml(at, zone)}, ${clockHtml(at, zone)} ${printed(at, zone).zone}</small><br><strong>${label}</strong> - ${body}</p>`;
}

function schedule(from: IsoTime, until: IsoTime, zone: string): string {
  const isSameDay = dateHtml(from, zone) === dateHtml(until, zone);
  const end = `${isSameDay ? '' : `${dateHtml(until, zone)}, `}${clockHtml(until, zone)} ${printed(until, zone).zone}`;
  return `<p><strong>THIS IS A SCHEDULED EVENT ${dateHtml(from, zone)}, ${clockHtml(from, zone)} - ${end}</strong></p>`;
}

function dateHtml(at: IsoTime, zone: string): string {
  const { month, day } = printed(at, zone);
  return `${month} <var data-var='date'>${day}</var>`;
}

function clockHtml(at: IsoTime, zone: string): string {
  return `<var data-var='time'>${printed(at, zone).clock}</var>`;
}

function retractionText({ language }: PageFacts, reason: string): string {
  return html(wordsOf(language).retracted(reason));
}

/** Text of people as HTML. */
export function html(text: string): string {
  return xmlText(text).replaceAll('\n', '<br />');
}

function numberOf(code: string): string {
  return [...code].reduce((number, digit) => number * 36n + BigInt(Number.parseInt(digit, 36)), 0n).toString();
}
