import { useStore } from '@nanostores/preact';
import { $approvalRule } from '../../stores/approvals.ts';
import { $correction } from '../../stores/correcting.ts';
import { $messages } from '../../stores/language.ts';
import { $post, $statement, edit, publish } from '../../stores/post.ts';
import { $ownName } from '../../stores/room.ts';
import { isolated } from './isolated.ts';
import { UpdatePreview } from './update-preview.tsx';

/** Exactly what will be public, before it is. */
export function PostConfirm() {
  const messages = useStore($messages);
  const words = messages.post;
  const statement = useStore($statement);
  const correction = useStore($correction);
  const post = useStore($post);
  const rule = useStore($approvalRule);
  const working = post.type === 'confirming' && post.working;
  return (
    <div class="stack">
      <p>{words.confirm}</p>
      <UpdatePreview statement={statement} earlier={correction?.before.body.text ?? null} />
      <p class="quiet">{words.author(isolated(useStore($ownName)))}</p>
      {rule.asks[statement.body.impact] === 1 && (
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
