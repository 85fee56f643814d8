import type { ComponentChildren } from 'preact';
import type { Messages } from '../../i18n/messages.ts';
import { absoluteTime } from '../../i18n/time.ts';
import { nameIn } from '../../i18n/translated.ts';
import type { PublicIncident } from '../../model/snapshot.ts';
import type { Known } from '../../model/view.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { Said } from './said.tsx';

interface Props {
  readonly known: Known;
  readonly messages: Messages;
  /** The incident that explains the headline, if one is open. */
  readonly incident?: PublicIncident | undefined;
  /** On pages about something else, a line instead of the page's title. */
  readonly small?: boolean;
}

/** The answer. A live region: only words that change with the state stand in it, no running ages. */
export function Headline({ known, messages, incident, small }: Props) {
  const { status, freshness } = known.headline;
  const Title = small ? 'p' : 'h1';
  const detail = headlineDetail(known, messages, incident);
  return (
    <section
      class={small ? 'headline small' : 'headline'}
      role="status"
      data-status={status}
      data-freshness={freshness}
    >
      <StatusIcon status={status} />
      <div>
        <Title class="answer">{messages.headline[status]}</Title>
        {detail === null ? null : <p class="detail">{detail}</p>}
      </div>
    </section>
  );
}

function headlineDetail(known: Known, messages: Messages, incident: PublicIncident | undefined): ComponentChildren {
  const { status, freshness, confirmed, ahead } = known.headline;
  if (ahead) return messages.ahead;
  if (freshness === 'expired') {
    return messages.lastConfirmed(
      messages.headline[confirmed],
      absoluteTime(known.generated_at, messages, known.reader.timeZone),
    );
  }
  if (incident !== undefined) {
    const name = nameIn(messages.language, incident, known.page.language);
    return [<Said key="name" {...name} />, ` · ${messages.incident[incident.status]}`];
  }
  return status === 'unknown' ? messages.componentsUnknown : null;
}
