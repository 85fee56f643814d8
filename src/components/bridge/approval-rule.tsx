import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { IMPACTS, type Impact } from '../../model/status.ts';
import { $approvalRule, askApprovals } from '../../stores/approvals.ts';
import { $messages } from '../../stores/language.ts';
import { Task } from './task.tsx';

/** For which impacts an update needs a second person before it is public. */
export function ApprovalRule() {
  const messages = useStore($messages);
  const words = messages.people.approvals;
  const { asks } = useStore($approvalRule);
  const [edited, setEdited] = useState<readonly Impact[] | null>(null);
  const [saved, setSaved] = useState(false);
  const chosen = edited ?? IMPACTS.filter((impact) => asks[impact] === 1);
  const toggle = (impact: Impact) => {
    setEdited(chosen.includes(impact) ? chosen.filter((one) => one !== impact) : [...chosen, impact]);
    setSaved(false);
  };
  const save = async () => {
    await askApprovals(chosen);
    setEdited(null);
    setSaved(true);
  };
  return (
    <section class="card" aria-labelledby="approval-rule">
      <h2 id="approval-rule">{words.title}</h2>
      <fieldset>
        <legend>{words.rule}</legend>
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
      <Task label={words.save} disabled={edited === null} work={save} />
      <p role="status" class="quiet">
        {saved && words.saved}
      </p>
    </section>
  );
}
