import { useStore } from '@nanostores/preact';
import { componentName } from '../../model/component-name.ts';
import type { SecondOpinion } from '../../stores/approvals.ts';
import { $messages } from '../../stores/language.ts';
import { $components } from '../../stores/public.ts';
import type { PublicWord } from '../../stores/public-word.ts';
import { isolated } from './isolated.ts';
import { Opinion } from './opinion.tsx';

interface Properties {
  readonly says: PublicWord;
  /** Id of its event. */
  readonly id: string;
  readonly opinion: SecondOpinion | null;
}

/** What somebody said in public, among the entries of the room. */
export function PublicWords({ says, id, opinion }: Properties) {
  const messages = useStore($messages);
  const words = messages.room;
  const components = useStore($components);
  if (says.type === 'set') {
    const name = componentName(components, says.component);
    return (
      <div class="posted" data-status={says.status}>
        <p>{words.setByHand(isolated(name), messages.status[says.status])}</p>
      </div>
    );
  }
  if (says.type === 'retraction') {
    return (
      <div class="posted">
        <p class="quiet">{says.whole ? words.tookAllBack(isolated(says.name)) : words.tookBack(isolated(says.name))}</p>
        <p class="entry-text" dir="auto">
          {says.reason}
        </p>
      </div>
    );
  }
  const { statement } = says;
  const { name, text, status, corrects } = statement.body;
  const title = isolated(name);
  const posted =
    statement.type === 'incident.update'
      ? words.posted(messages.incident[statement.body.status], title)
      : words.postedWork(messages.maintenance[statement.body.status], title);
  return (
    <div class="posted" data-status={status}>
      <p class="quiet">{typeof corrects === 'string' ? words.correctedPost(title) : posted}</p>
      <p class="entry-text" dir="auto">
        {text}
      </p>
      {opinion !== null && <Opinion id={id} name={name} opinion={opinion} />}
    </div>
  );
}
