import { useStore } from '@nanostores/preact';
import { $approvalRule } from '../../stores/approvals.ts';
import { $correction } from '../../stores/correcting.ts';
import { $messages } from '../../stores/language.ts';
import { $post, $problem, $statement, edit, publish } from '../../stores/post.ts';
import { $ownName } from '../../stores/room.ts';
import { isolated } from './isolated.ts';
import { PostProblem } from './post-problem.tsx';
import { UpdatePreview } from './update-preview.tsx';

/** Exactly what will be public, before it is. */
export function PostConfirm() {
  const messages = useStore($messages);
  const words = messages.post;
  const statement = useStore($statement);
  const correction = useStore($correction);
  const post = useStore($post);
  const rule = useStore($approvalRule);
  const problem = useStore($problem);
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
      {/* Somebody else may post while this is read; what this device publishes itself is no problem. */}
      {!working && <PostProblem problem={problem} />}
      <div class="row">
        <button type="button" class="primary" disabled={working || problem !== null} onClick={() => void publish()}>
          {words.publish}
        </button>
        <button type="button" onClick={edit}>
          {words.edit}
        </button>
      </div>
    </div>
  );
}
