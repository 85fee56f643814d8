import { DAY_LEVELS } from '../../model/uptime.ts';
import { dayCount } from '../../model/uptime-reading.ts';
import { STRIP_HEIGHT, samplePath } from './strip-paths.ts';
import type { StripProps } from './uptime-strip.tsx';
import { uptimeWords } from './words.ts';

/** What the strips show and how the share is counted: once on the page, and not before the first whole day. */
export function UptimeNote({ uptime, messages }: Pick<StripProps, 'uptime' | 'messages'>) {
  if (!Object.values(uptime.components).some((runs) => dayCount(runs) > 0)) return null;
  const words = uptimeWords(messages);
  return (
    <section class="key quiet">
      <h3>{words.key}</h3>
      <ul class="legend">
        {DAY_LEVELS.toReversed().map((level) => (
          <li key={level}>
            <svg class="sample" viewBox={`0 0 3 ${STRIP_HEIGHT}`} aria-hidden="true">
              <path data-level={level} d={samplePath(level)} />
            </svg>
            {words.level[level]}
          </li>
        ))}
      </ul>
      <p>
        {words.axis} {words.formula}
      </p>
    </section>
  );
}
