import { useStore } from '@nanostores/preact';
import { IMPACTS } from '../../model/status.ts';
import { $messages } from '../../stores/language.ts';
import { $problem, review } from '../../stores/post.ts';
import { $form, $statuses, chooseCode, chooseStatus, editForm, translateForm } from '../../stores/post-form.ts';
import { $mayPost } from '../../stores/public.ts';
import { $starters, startFrom } from '../../stores/starters.ts';
import { AffectedComponents } from './affected-components.tsx';
import { Choice } from './choice.tsx';
import { PostHappened } from './post-happened.tsx';
import { PostKind } from './post-kind.tsx';
import { PostProblem } from './post-problem.tsx';
import { PostTimes } from './post-times.tsx';
import { PostWhich } from './post-which.tsx';
import { Translations } from './translations.tsx';
import { WorkedOn } from './worked-on.tsx';

/** The form of a public update. Nothing leaves this device before it was reviewed. */
export function PostForm() {
  const messages = useStore($messages);
  const words = messages.post;
  const form = useStore($form);
  const starters = useStore($starters);
  const problem = useStore($problem);
  const statusNames = { ...messages.incident, ...messages.maintenance };
  const submit = (event: Event) => {
    event.preventDefault();
    review();
  };
  if (!useStore($mayPost)) return <p class="problem">{words.cannot}</p>;
  return (
    <form class="stack" onSubmit={submit}>
      <PostKind />
      <PostWhich />
      <Choice
        id="template"
        label={words.template}
        value=""
        options={[['', words.noTemplate], ...starters.map((one) => [one.id, one.title] as const)]}
        onChoose={startFrom}
      />
      <label for="incident-name">{words.name}</label>
      <input
        id="incident-name"
        maxLength={200}
        value={form.name}
        onInput={(event) => editForm({ name: event.currentTarget.value })}
      />
      <div class="pair">
        <Choice
          id="incident-status"
          label={words.status}
          value={form.status}
          options={useStore($statuses).map((status) => [status, statusNames[status]] as const)}
          onChoose={chooseStatus}
        />
        <Choice
          id="impact"
          label={words.impact}
          value={form.impact}
          options={IMPACTS.map((impact) => [impact, messages.impact[impact]] as const)}
          onChoose={(impact) => editForm({ impact })}
        />
      </div>
      <PostTimes />
      <AffectedComponents />
      <WorkedOn />
      <label for="text">{words.text}</label>
      <textarea
        id="text"
        rows={5}
        value={form.text}
        onInput={(event) => editForm({ text: event.currentTarget.value })}
        aria-describedby="post-problem"
      />
      <Translations words={form} onLanguage={(lang) => editForm({ lang })} onTranslate={translateForm} />
      <PostHappened />
      <PostProblem problem={problem} />
      {problem?.type === 'moved' && (
        <button type="button" onClick={() => chooseCode(form.code)}>
          {words.takeOver}
        </button>
      )}
      <button type="submit" class="primary" disabled={problem !== null}>
        {words.review}
      </button>
    </form>
  );
}
