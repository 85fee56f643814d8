/** When the HTML of these cases was signed, and until when its claims last, as the page carries them (Unix ms). */
export const MADE = Date.parse('2026-11-22T03:12:40.000Z');
export const HTML = { seq: '7', made: String(MADE), until: String(MADE + 120_000) };

/** A reader's device opens HTML that claims something for two minutes; where no host says the time. */
interface HtmlLife {
  readonly says: string;
  /** What the device's clock shows when the page is opened, in seconds after the HTML was signed. */
  readonly clock: number;
  /** How long the page has been open, in seconds. */
  readonly open: number;
  readonly alive: boolean;
}

/** What both must hold to: the page's script, and the one in its HTML for where that never comes. */
export const HTML_LIVES: readonly HtmlLife[] = [
  { says: 'before its time is up', clock: 5, open: 110, alive: true },
  { says: 'after its time is up', clock: 5, open: 116, alive: false },
  { says: 'opened late, before its time is up', clock: 110, open: 5, alive: true },
  { says: 'opened late, after its time is up', clock: 110, open: 15, alive: false },
  { says: 'opened when its time was up', clock: 3_600, open: 1, alive: false },
  { says: 'by a clock 90 s behind, before it was open for its time', clock: -90, open: 115, alive: true },
  { says: 'by a clock 90 s behind, once it was open for its time', clock: -90, open: 125, alive: false },
  { says: 'by a clock ten minutes behind', clock: -600, open: 1, alive: false },
];
