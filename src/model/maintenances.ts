import { cautiousImpact, cautiousMaintenance } from './caution.ts';
import type { MaintenanceUpdateBody } from './public-content.ts';
import { happenedAt, lastWritten, publicUpdate, type Story } from './said.ts';
import type { PublicMaintenance } from './snapshot.ts';
import { isOpenMaintenance, isRunningMaintenance } from './status.ts';

/** One maintenance from all that was said about it. Of times said at once the widest span is shown: nobody is surprised. */
export function maintenanceOf(story: Story<MaintenanceUpdateBody>): PublicMaintenance {
  const { code, said, retracted, retractions, isContested } = story;
  const standing = story.standing.length > 0 ? story.standing : said.slice(-1);
  const bodies = standing.map(({ body }) => body);
  const status = cautiousMaintenance(bodies.map((body) => body.status));
  const counted = said.filter((one) => one.retracted === undefined);
  const begun = counted.find(({ body }) => isRunningMaintenance(body.status));
  const closing = counted.findLast(({ body }) => body.status === status);
  const winner = standing
    .toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1))
    .find(({ body }) => body.status === status);
  return {
    code,
    name: winner?.body.name ?? '',
    status,
    impact: cautiousImpact(bodies.map(({ impact }) => impact)),
    scheduled_for: bodies.map((body) => body.scheduled_for).toSorted()[0] ?? '',
    scheduled_until:
      bodies
        .map((body) => body.scheduled_until)
        .toSorted()
        .at(-1) ?? '',
    created_at: said[0]?.event.content.at ?? '',
    updated_at: lastWritten(story),
    started_at: begun === undefined ? null : happenedAt(begun),
    ended_at: isOpenMaintenance(status) || closing === undefined ? null : happenedAt(closing),
    components: [...new Set(bodies.flatMap((body) => body.components))],
    updates: said.map((one) => publicUpdate(one)).reverse(),
    conflict: isContested || new Set(bodies.map((body) => JSON.stringify({ ...body, ...WORDS }))).size > 1,
    ...(retracted === undefined ? {} : { retracted }),
    ...(retractions.length === 0 ? {} : { retractions }),
  };
}

/** Words may differ without contradicting each other. */
export const WORDS = { text: null, lang: null, translations: null, display_at: null, corrects: null } as const;
