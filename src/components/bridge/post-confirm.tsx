import { useStore } from '@nanostores/preact';
import { $approvalRule } from '../../stores/approvals.ts';
import { $messages } from '../../stores/language.ts';
import { $post, edit, publish } from '../../stores/post.ts';
import { $components, $form } from '../../stores/post-form.ts';
import { $ownName } from '../../stores/room.ts';
import { isolated } from './isolated.ts';

/** Exactly what will be public, before it is. */
export function PostConfirm() {
  const messages = useStore($messages);
  const words = messages.post;
  const form = useStore($form);
  const components = useStore($components);
  const post = useStore($post);
  const rule = useStore($approvalRule);
  const working = post.type === 'confirming' && post.working;
  return (
    <div class="stack">
      <p>{words.confirm}</p>
      <article class="preview" data-status={form.status}>
        <h3>{form.name.trim()}</h3>
        <p>
          <span class="pill">{messages.incident[form.status]}</span>{' '}
          <span class="quiet">{messages.impact[form.impact]}</span>
        </p>
        <p class="entry-text" dir="auto">
          {form.text.trim()}
        </p>
        {form.components.length > 0 && (
          <ul class="rows">
            {form.components.map(({ id, status }) => (
              <li key={id} data-status={status}>
                <span class="row-name">{components.find((component) => component.id === id)?.name ?? id}</span>
                <span class="pill">{messages.status[status]}</span>
              </li>
            ))}
          </ul>
        )}
      </article>
      <p class="quiet">{words.author(isolated(useStore($ownName)))}</p>
      {rule.asks[form.impact] === 1 && (
        <p class="notice" data-needs-approval>
          <strong>{messages.people.approvals.needed}</strong> {rule.alone && messages.people.approvals.alone}
        </p>
      )}
      <div class="row">
        <button type="button" class="primary" disabled={working} onClick={() => void publish()}>
          {words.publish}
        </button>
        <button type="button" onClick={edit}>
          {words.edit}
        </button>
      </div>
    </div>
  );
}
