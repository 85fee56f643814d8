import { useStore } from '@nanostores/preact';
import { $opinions } from '../../stores/approvals.ts';
import { $lasts } from '../../stores/copy.ts';
import { $locale, $messages } from '../../stores/language.ts';
import { $post, $sent, anotherPost } from '../../stores/post.ts';
import { Opinion } from './opinion.tsx';
import { Refusals } from './refusals.tsx';
import { clockTime } from './when.tsx';

/** The three earned statements about an update: on this device, on relays, live on the public page. None is assumed. */
export function PostProgress() {
  const { post: words, copy } = useStore($messages);
  const lasts = useStore($lasts);
  const language = useStore($locale);
  const post = useStore($post);
  const sent = useStore($sent);
  const opinions = useStore($opinions);
  if (post.type !== 'sent') return null;
  const { have, all } = sent.receipts;
  const opinion = opinions.get(post.id);
  const { live, sought } = post;
  const page = sought.type === 'component' ? '/' : `/incidents/${sought.code}/`;
  return (
    <div class="stack">
      <p>
        {words.sent}: <strong>{post.name}</strong>
      </p>
      <div role="status" data-receipts={`${have}/${all}`} data-live={live.type === 'seen'}>
        <ol class="earned">
          <Step done={lasts}>{lasts ? words.steps.device : copy.window}</Step>
          <Step done={have === all && all > 0} part={have > 0}>
            {have === 0 ? words.steps.noRelay : words.steps.relays(have, all)}
          </Step>
          <Step done={live.type === 'seen'}>
            {live.type === 'seen' && words.steps.live(clockTime(live.at, language, true))}
            {live.type === 'waiting' && words.steps.waiting}
            {live.type === 'unreachable' && words.steps.unreachable}
          </Step>
        </ol>
      </div>
      <Refusals refusals={sent.refusals} />
      {opinion !== undefined && <Opinion id={post.id} name={post.name} opinion={opinion} />}
      <div class="row">
        <a class="button" href={page} target="_blank" rel="noopener">
          {words.open}
        </a>
        <button type="button" onClick={anotherPost}>
          {words.another}
        </button>
      </div>
    </div>
  );
}

interface StepProperties {
  readonly done: boolean;
  readonly part?: boolean;
  readonly children: preact.ComponentChildren;
}

function Step({ done, part = false, children }: StepProperties) {
  return (
    <li data-step={done ? 'done' : part ? 'part' : 'open'}>
      <span aria-hidden="true">{done ? '✓' : part ? '◐' : '○'}</span> <span>{children}</span>
    </li>
  );
}
