import { isoTime } from '../../model/clock.ts';
import { claimEnd } from '../../model/freshness.ts';
import { headlineOf } from '../../model/headline.ts';
import type { ComponentStatus } from '../../model/status.ts';
import { xmlText } from './feeds/xml.ts';
import { pageFacts } from './page-facts.ts';
import { minuteText } from './printed-time.ts';
import type { Published } from './published.ts';
import { wordsOf } from './words.ts';

/** White text stands on each with a contrast of at least 4.5, whatever is around it. */
const COLOURS: Readonly<Record<ComponentStatus, string>> = {
  operational: '#1a7f37',
  unknown: '#57606a',
  under_maintenance: '#0969da',
  degraded_performance: '#8a5a00',
  partial_outage: '#b3450b',
  major_outage: '#cf222e',
};

/** Nobody knows where it will be looked at. */
const ZONE = 'Etc/UTC';
const CHARACTER_PX = 6.6;
const PADDING_PX = 10;
const NAME_MAX = 30;

/** /badge.svg: the page's headline with its own time, because a picture that is kept somewhere cannot decay. */
export function badge(published: Published): string {
  const { name, language, now } = pageFacts(published);
  const words = wordsOf(language);
  const claim = { ...published.claims, parts: '' };
  const { status } = headlineOf(claim, now);
  const said = `${words.headline[status]}, ${words.asOf(minuteText(claim.generated_at, ZONE))}`;
  const until = words.validUntil(minuteText(isoTime(claimEnd(claim)), ZONE));
  const label = name.length > NAME_MAX ? `${[...name].slice(0, NAME_MAX - 1).join('')}…` : name;
  const [left, right] = [widthOf(label), widthOf(said)];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="22" role="img" lang="${language}" aria-labelledby="title">
<title id="title">${xmlText(`${name}: ${said}. ${until}`)}</title>
<rect width="${left + right}" height="22" rx="3" fill="#24292f"/>
<path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v16a3 3 0 0 1 -3 3h-${right - 3}z" fill="${COLOURS[status]}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" aria-hidden="true">
${textAt(PADDING_PX, left, label)}
${textAt(left + PADDING_PX, right, said)}
</g>
</svg>
`;
}

function textAt(x: number, width: number, text: string): string {
  return `<text x="${x}" y="15" textLength="${width - 2 * PADDING_PX}" lengthAdjust="spacingAndGlyphs">${xmlText(text)}</text>`;
}

function widthOf(text: string): number {
  return Math.ceil([...text].length * CHARACTER_PX) + 2 * PADDING_PX;
}
