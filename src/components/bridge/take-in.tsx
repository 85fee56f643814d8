import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { type Taken, takeIn } from '../../stores/carry.ts';
import { $messages } from '../../stores/language.ts';

/** A field for what somebody sent as text, and what came of it. */
export function TakeIn() {
  const words = useStore($messages).people.carry;
  const [text, setText] = useState('');
  const [taken, setTaken] = useState<Taken | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim() === '') return;
    void takeIn(text).then((result) => {
      setTaken(result);
      if (result.type === 'taken') setText('');
    });
  };
  return (
    <form class="stack" onSubmit={submit}>
      <label for="carried">{words.paste}</label>
      <textarea
        id="carried"
        rows={2}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        aria-describedby="carried-result"
      />
      <button type="submit">{words.take}</button>
      <p id="carried-result" role="status" class={taken?.type === 'none' ? 'problem' : undefined}>
        {taken?.type === 'none' && words.none}
        {taken?.type === 'taken' && words.took(taken.added, taken.held)}
        {taken?.type === 'taken' && taken.invalid > 0 && ` ${words.invalid(taken.invalid)}`}
      </p>
    </form>
  );
}
