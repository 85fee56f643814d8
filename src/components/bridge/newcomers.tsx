import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $newcomers, letIn, type Newcomer, refuse } from '../../stores/inviting.ts';
import { $messages } from '../../stores/language.ts';
import { CarryTo } from './carry-to.tsx';
import { isolated } from './isolated.ts';
import { Task } from './task.tsx';

interface Done {
  readonly pk: string;
  readonly name: string;
}

/** Who asks to be let in, each with four words to compare; and, once in, how to bring them what they need by hand. */
export function Newcomers() {
  const words = useStore($messages).people.newcomer;
  const newcomers = useStore($newcomers);
  const [done, setDone] = useState<readonly Done[]>([]);
  const admit = async (newcomer: Newcomer) => {
    await letIn(newcomer);
    setDone((before) => [...before, newcomer.request]);
  };
  const isEmpty = newcomers.length === 0 && done.length === 0;
  return (
    <section class={isEmpty ? 'hidden' : 'card'} aria-labelledby="newcomers">
      <h2 id="newcomers">{words.title}</h2>
      <div role="status" class="stack">
        {newcomers.map((newcomer) => (
          <Asking key={newcomer.request.pk} newcomer={newcomer} onYes={() => admit(newcomer)} />
        ))}
        {done.map(({ pk, name }) => (
          <div key={pk} class="stack" data-let-in={pk}>
            <p>
              <strong>{words.done(isolated(name))}</strong>
            </p>
            <p class="quiet">{words.carryHint}</p>
            <CarryTo pk={pk} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Asking({ newcomer, onYes }: { readonly newcomer: Newcomer; readonly onYes: () => Promise<void> }) {
  const messages = useStore($messages).people;
  const words = messages.newcomer;
  const { request, refusal, roles } = newcomer;
  const asRoles = words.asRoles(roles.map((role) => messages.role[role]).join(', '));
  return (
    <article class="newcomer" data-newcomer={request.pk}>
      <h3>{words.asks(isolated(request.name))}</h3>
      {refusal === null ? (
        <>
          <p>{words.compare}</p>
          <ol class="compare-words" aria-label={words.words}>
            {newcomer.words.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ol>
          <p class="quiet">{asRoles}</p>
        </>
      ) : (
        <p class="problem">{refusal === 'too old' ? words.tooOld : words.usedUp}</p>
      )}
      <div class="row">
        {refusal === null && <Task label={words.letIn} look="primary" work={onYes} />}
        <Task label={words.refuse} work={() => refuse(newcomer)} />
      </div>
    </article>
  );
}
