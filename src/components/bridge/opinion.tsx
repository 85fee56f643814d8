import { useStore } from '@nanostores/preact';
import { useId, useState } from 'preact/hooks';
import type { Approval } from '../../model/approvals.ts';
import { isBlank } from '../../model/authoring.ts';
import { approve, minutesUntil, override, type SecondOpinion } from '../../stores/approvals.ts';
import { $now } from '../../stores/clock.ts';
import { $messages } from '../../stores/language.ts';
import { $names } from '../../stores/room.ts';
import { focusOn } from './focus-on.ts';
import { isolated } from './isolated.ts';
import { Task } from './task.tsx';

interface Properties {
  /** Id of the update. */
  readonly id: string;
  readonly name: string;
  readonly opinion: SecondOpinion;
}

/** Whether a public update still waits for a second person, who let it through, and what this device may say to it. */
export function Opinion({ id, name, opinion }: Properties) {
  const words = useStore($messages).people.approvals;
  const { waits, mine, mayApprove, given } = opinion;
  return (
    <div class="opinion" data-waits={waits}>
      {given.map((one) => (
        <Given key={one.id} approval={one} />
      ))}
      {waits && (
        <p>
          <strong>{words.waiting}</strong> {mine && <span class="quiet">{words.own}</span>}
        </p>
      )}
      {mayApprove && (
        <div class="row">
          <Task
            label={words.approve}
            longLabel={words.approveLabel(name)}
            look="primary"
            work={() => approve(id).then(() => focusOn('main'))}
          />
        </div>
      )}
      {waits && opinion.mayOverrideAt !== null && <Override id={id} from={opinion.mayOverrideAt} />}
    </div>
  );
}

function Given({ approval }: { readonly approval: Approval }) {
  const words = useStore($messages);
  const name = isolated(useStore($names).get(approval.member) ?? words.room.unknownAuthor);
  return (
    <p class="quiet">
      {approval.type === 'approved'
        ? words.people.approvals.approvedBy(name)
        : words.people.approvals.overriddenBy(name, isolated(approval.reason))}
    </p>
  );
}

/** Only after the wait, and only with a reason: both stay in history. */
function Override({ id, from }: { readonly id: string; readonly from: number }) {
  const words = useStore($messages).people.approvals;
  const minutes = minutesUntil(from, useStore($now));
  const field = useId();
  const [reason, setReason] = useState('');
  if (minutes > 0) return <p class="quiet">{words.overrideIn(minutes)}</p>;
  return (
    <details>
      <summary>{words.override}</summary>
      <div class="stack">
        <label for={field}>{words.reason}</label>
        <input id={field} value={reason} maxLength={300} onInput={(event) => setReason(event.currentTarget.value)} />
        <div class="row">
          <Task
            label={words.override}
            disabled={isBlank(reason)}
            work={() => override(id, reason).then(() => focusOn('main'))}
          />
        </div>
      </div>
    </details>
  );
}
