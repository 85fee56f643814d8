import type { Messages } from '../../i18n/messages.ts';
import { textIn } from '../../i18n/translated.ts';
import { componentName } from '../../model/component-name.ts';
import type { PublicComponent, PublicUpdate } from '../../model/snapshot.ts';
import type { IncidentStatus, MaintenanceStatus } from '../../model/status.ts';
import type { Known } from '../../model/view.ts';
import { Said } from './said.tsx';
import { TimeText } from './time-text.tsx';
import { UpdateMarks } from './update-marks.tsx';

type AnyUpdate = PublicUpdate<IncidentStatus | MaintenanceStatus>;

interface Props {
  /** Code of the incident or maintenance that these are about. */
  readonly code: string;
  readonly updates: readonly AnyUpdate[];
  readonly known: Pick<Known, 'page' | 'reader'>;
  readonly messages: Messages;
  /** For the names of what an update speaks of; only an incident's own file says it per update. */
  readonly components?: readonly PublicComponent[];
}

/** Updates in full, newest first; what was taken back stays in sight, struck, with the reason. */
export function UpdateList({ code, updates, ...rest }: Props) {
  return (
    <div class="updates">
      {updates.map((update) => (
        <UpdateArticle key={update.id} code={code} update={update} {...rest} />
      ))}
    </div>
  );
}

function UpdateArticle({
  code,
  update,
  known,
  messages,
  components = [],
}: Omit<Props, 'updates'> & { readonly update: AnyUpdate }) {
  const { reader, page } = known;
  const words = { ...messages.incident, ...messages.maintenance };
  return (
    <article
      id={update.id.slice(0, 12)}
      data-incident={code}
      data-status={update.status}
      data-retracted={update.retracted && 'true'}
    >
      <p class="stamp">
        <b class="word">{words[update.status]}</b>{' '}
        <span class="quiet">
          <TimeText time={update.at} reader={reader} messages={messages} />
        </span>
      </p>
      <div class="text">
        <Said {...textIn(messages.language, update, page.language)} struck={update.retracted !== undefined} />
      </div>
      <UpdateMarks update={update} known={known} messages={messages} />
      {update.components === undefined || update.components.length === 0 ? null : (
        <ul class="said quiet">
          {update.components.map(({ id, status }) => (
            <li key={id}>
              {componentName(components, id)}: {messages.component[status]}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
