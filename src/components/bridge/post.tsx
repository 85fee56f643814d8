import { useStore } from '@nanostores/preact';
import { $correction } from '../../stores/correcting.ts';
import { $messages } from '../../stores/language.ts';
import { $post } from '../../stores/post.ts';
import { $retraction } from '../../stores/retracting.ts';
import { ComponentCard } from './component-card.tsx';
import { CorrectForm } from './correct-form.tsx';
import { PostConfirm } from './post-confirm.tsx';
import { PostForm } from './post-form.tsx';
import { PostProgress } from './post-progress.tsx';
import { RetractForm } from './retract-form.tsx';
import { SaidList } from './said-list.tsx';
import { WaitingUpdates } from './waiting-updates.tsx';

/** Tell the clients: write, see exactly what becomes public, publish, and see it live; then mend or take back what stands. */
export function Post() {
  const words = useStore($messages).post;
  const post = useStore($post);
  const correction = useStore($correction);
  const retraction = useStore($retraction);
  const isWriting = post.type === 'writing';
  const isForm = retraction === null && correction === null;
  const title =
    retraction !== null ? words.retraction.title : correction !== null ? words.correction.title : words.title;
  return (
    <>
      <WaitingUpdates but={post.type === 'sent' ? post.id : undefined} />
      <section class="card post" aria-labelledby="post">
        <h2 id="post">{post.type === 'sent' ? words.title : title}</h2>
        {isWriting && retraction !== null && <RetractForm retraction={retraction} />}
        {isWriting && retraction === null && correction !== null && <CorrectForm correction={correction} />}
        {isWriting && isForm && <PostForm />}
        {post.type === 'confirming' && <PostConfirm />}
        {post.type === 'sent' && <PostProgress />}
      </section>
      {/* Who is about to publish something sees that alone. */}
      {(post.type === 'sent' || (isWriting && isForm)) && (
        <>
          <SaidList />
          <ComponentCard />
        </>
      )}
    </>
  );
}
