import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $post } from '../../stores/post.ts';
import { PostConfirm } from './post-confirm.tsx';
import { PostForm } from './post-form.tsx';
import { PostProgress } from './post-progress.tsx';
import { WaitingUpdates } from './waiting-updates.tsx';

/** Tell the clients: write, see exactly what becomes public, publish, and see it live. */
export function Post() {
  const words = useStore($messages).post;
  const post = useStore($post);
  return (
    <>
      <WaitingUpdates but={post.type === 'sent' ? post.id : undefined} />
      <section class="card post" aria-labelledby="post">
        <h2 id="post">{words.title}</h2>
        {post.type === 'writing' && <PostForm />}
        {post.type === 'confirming' && <PostConfirm />}
        {post.type === 'sent' && <PostProgress />}
      </section>
    </>
  );
}
