import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $form, chooseKind } from '../../stores/post-form.ts';

const KINDS = ['incident', 'maintenance'] as const;

/** What went wrong, or what is going to be worked on. */
export function PostKind() {
  const words = useStore($messages).post;
  const { kind } = useStore($form);
  return (
    <fieldset class="either">
      <legend class="hidden">{words.kind}</legend>
      {KINDS.map((one) => (
        <label key={one}>
          <input type="radio" name="kind" value={one} checked={kind === one} onChange={() => chooseKind(one)} />
          <span>{words.kinds[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}
