import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { IMPACTS, type Impact } from '../../model/status.ts';
import { $approvalRule, askApprovals } from '../../stores/approvals.ts';
import { $messages } from '../../stores/language.ts';
import { Choice } from './choice.tsx';
import { Task } from './task.tsx';

const WAITS = ['0', '5', '10', '30', '60'] as const;
type Wait = (typeof WAITS)[number];

/** For which impacts an update needs a second person before it is public. */
export function ApprovalRule() {
  const messages = useStore($messages);
  const words = messages.people.approvals;
  const { asks, waitMinutes } = useStore($approvalRule);
  const [edited, setEdited] = useState<readonly Impact[] | null>(null);
  const [waiting, setWaiting] = useState<Wait | null>(null);
  const [saved, setSaved] = useState(false);
  const chosen = edited ?? IMPACTS.filter((impact) => asks[impact] === 1);
  const toggle = (impact: Impact) => {
    setEdited(chosen.includes(impact) ? chosen.filter((one) => one !== impact) : [...chosen, impact]);
    setSaved(false);
  };
  const save = async () => {
    await askApprovals(chosen, Number(waiting ?? waitMinutes));
    setEdited(null);
    setWaiting(null);
    setSaved(true);
  };
  return (
    <section class="card" aria-labelledby="approval-rule">
      <h2 id="approval-rule">{words.title}</h2>
      <p>{words.rule}</p>
      <fieldset>
        <legend>{messages.post.impact}</legend>
        {IMPACTS.map((impact) => (
          <label key={impact} class="check">
            <input
              type="checkbox"
              name={`approve-${impact}`}
              checked={chosen.includes(impact)}
              onChange={() => toggle(impact)}
            />
            <span>{messages.impact[impact]}</span>
          </label>
        ))}
      </fieldset>
      <Choice
        id="override-wait"
        label={words.wait}
        value={waiting ?? WAITS.find((wait) => Number(wait) >= waitMinutes) ?? '60'}
        options={WAITS.map(
          (wait) => [wait, wait === '0' ? words.atOnce : messages.time.minutes(Number(wait))] as const,
        )}
        onChoose={(wait) => {
          setWaiting(wait);
          setSaved(false);
        }}
      />
      <Task label={words.save} disabled={edited === null && waiting === null} work={save} />
      <p role="status" class="quiet">
        {saved && words.saved}
      </p>
    </section>
  );
}
