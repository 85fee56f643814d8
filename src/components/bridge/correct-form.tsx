import { useStore } from '@nanostores/preact';
import { type Correction, correct, editCorrection, translateCorrection } from '../../stores/correcting.ts';
import { $messages } from '../../stores/language.ts';
import { $problem, review } from '../../stores/post.ts';
import { PostProblem } from './post-problem.tsx';
import { Translations } from './translations.tsx';

/** Other words in the place of those that are public. */
export function CorrectForm({ correction }: { readonly correction: Correction }) {
  const { post: words } = useStore($messages);
  const problem = useStore($problem);
  const hasTranslations = (correction.before.body.translations ?? []).length > 0;
  const submit = (event: Event) => {
    event.preventDefault();
    review();
  };
  return (
    <form class="stack" onSubmit={submit}>
      <p class="row-name" dir="auto">
        {correction.before.body.name}
      </p>
      <p class="quiet">{words.correction.what}</p>
      <label for="text">{words.text}</label>
      <textarea
        id="text"
        rows={5}
        value={correction.text}
        onInput={(event) => editCorrection({ text: event.currentTarget.value })}
        aria-describedby="post-problem"
      />
      {hasTranslations && <p class="notice">{words.checkTranslations}</p>}
      <Translations
        words={correction}
        onLanguage={(lang) => editCorrection({ lang })}
        onTranslate={translateCorrection}
        withNames={false}
      />
      <PostProblem problem={problem} />
      <div class="row">
        <button type="submit" class="primary" disabled={problem !== null}>
          {words.correction.review}
        </button>
        <button type="button" onClick={() => correct(null)}>
          {words.correction.keep}
        </button>
      </div>
    </form>
  );
}
