import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $problems } from '../../stores/local.ts';

/** Damage and failures of this device, named in plain words; never hidden, never a dead end. */
export function Problems() {
  const words = useStore($messages).problems;
  const problems = useStore($problems);
  if (problems.length === 0) return null;
  return (
    <section class="problems" aria-label={words.title}>
      <strong>{words.title}</strong>
      <ul>
        {problems.map(({ code, sentence }) => (
          <li key={sentence} data-problem={code}>
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}
