import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';
import { publishRetraction } from '../../stores/post.ts';
import { editReason, isReason, keepIt, type Retraction, statusWithout } from '../../stores/retracting.ts';

/** Takes something public back, with what the public will see instead. */
export function RetractForm({ retraction }: { readonly retraction: Retraction }) {
  const messages = useStore($messages);
  const words = messages.post.retraction;
  const [working, setWorking] = useState(false);
  const { record, update, reason } = retraction;
  const left = statusWithout(retraction);
  const submit = (event: Event) => {
    event.preventDefault();
    setWorking(true);
    void publishRetraction().then(() => setWorking(false));
  };
  return (
    <form class="stack" onSubmit={submit}>
      <p class="quiet">{words.what}</p>
      <label for="reason">{words.reason}</label>
      <input
        id="reason"
        maxLength={500}
        value={reason}
        onInput={(event) => editReason(event.currentTarget.value)}
        aria-describedby="retract-then"
      />
      <article class="preview" data-retracts={update?.id ?? record.code} data-status={record.status}>
        <h3 dir="auto">{update === null ? <s>{record.name}</s> : record.name}</h3>
        <p class="entry-text" dir="auto">
          <s>{(update ?? record.updates[0])?.text}</s>
        </p>
        <p>{messages.post.said.takenBack(reason.trim() === '' ? '…' : reason.trim())}</p>
      </article>
      <p id="retract-then" class="notice">
        {left === null ? words.whole : words.after({ ...messages.incident, ...messages.maintenance }[left])}
      </p>
      <div class="row">
        <button type="submit" class="danger" disabled={working || !isReason(reason)}>
          {words.confirm}
        </button>
        <button type="button" onClick={keepIt}>
          {words.keep}
        </button>
      </div>
    </form>
  );
}
